/* cmd/signed_out.h: sessions that ended, however and by whichever program, lose their sockets. Loop thread. */
#pragma once

struct school;

/* After school->store is open: what ended before is nobody's socket. last: the number of the last ending. */
int signed_out_new(struct school *school, long long last);

/* Looks for endings since the last look, and for sessions that grew too old, and disconnects them with CLOSE_SIGNED_OUT. After each call that
 * may have ended one, and once a second, behind the look for events. */
void signed_out_look(struct school *school);

/* Takes a school without. */
void signed_out_free(struct school *school);
