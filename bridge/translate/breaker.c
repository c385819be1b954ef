#include "translate/breaker.h"

bool breaker_is_open(const struct breaker *b)
{
        return b->until_ms > 0;
}

int breaker_room(const struct breaker *b, int64_t now_ms, int free)
{
        if (!breaker_is_open(b))
                return free;
        return now_ms >= b->until_ms && !b->trying && free > 0 ? 1 : 0;
}

void breaker_gave(struct breaker *b)
{
        b->trying = breaker_is_open(b);
}

bool breaker_good(struct breaker *b)
{
        bool was = breaker_is_open(b);

        *b = (struct breaker){ .first_wait_ms = b->first_wait_ms };
        return was;
}

bool breaker_bad(struct breaker *b, int64_t now_ms, int64_t at_least_ms)
{
        bool was = breaker_is_open(b), tried = b->trying;

        b->failures++;
        b->trying = false;
        if (was && !tried && now_ms < b->until_ms)
                return false; /* one that was under way when it opened */
        if (!was && b->failures < BREAKER_FAILURES && at_least_ms == 0)
                return false;
        b->wait_ms = b->wait_ms == 0 ? b->first_wait_ms : b->wait_ms * 2;
        if (b->wait_ms < at_least_ms)
                b->wait_ms = at_least_ms;
        if (b->wait_ms > BREAKER_WAIT_MAX_MS)
                b->wait_ms = BREAKER_WAIT_MAX_MS;
        b->until_ms = now_ms + b->wait_ms;
        return !was;
}

void breaker_nothing(struct breaker *b)
{
        b->trying = false;
}
