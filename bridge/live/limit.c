#include "live/limit.h"

int64_t limit_take(struct limit *l, int64_t now_ms, float burst, float per_second, float cost)
{
        if (l->filled_ms == 0)
                l->tokens = burst;
        else
                l->tokens += (float)(now_ms - l->filled_ms) * per_second / 1000.0f;
        if (l->tokens > burst)
                l->tokens = burst;
        l->filled_ms = now_ms;
        if (l->tokens < cost)
                return (int64_t)((cost - l->tokens) * 1000.0f / per_second) + 1;
        l->tokens -= cost;
        return 0;
}
