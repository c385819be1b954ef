/* live/sink.h: all that live/ knows of a socket.
 *
 * net/ puts a sink into each connection and hands it to session_new(). The calls come on the loop thread; the sink
 * lives until net/ has called session_free().
 */
#pragma once

enum close_code {
        CLOSE_GOING_AWAY = 1001,
        CLOSE_BAD_DATA = 1003,
        CLOSE_BAD_UTF8 = 1007,
        CLOSE_TOO_BIG = 1009,
        CLOSE_RESUME = 4001,     /* read too slowly, or sent on past its rate: come back and resume, nothing is lost */
        CLOSE_NO_HELLO = 4002,   /* said no hello in time */
        CLOSE_TOO_MANY = 4003,   /* this person has as many connections as one may have */
        CLOSE_SIGNED_OUT = 4401, /* the session is unknown or has ended */
};

struct sink {
        /* Something waits in the session's queue: call session_fill() when the socket can take it. May be called often. */
        void (*wake)(struct sink *sink);
        /* Close the socket with this code; what waits need not be sent. Returns at once: net/ calls session_free()
         * later, when the socket is gone, never from inside this call. */
        void (*close)(struct sink *sink, enum close_code code);
};
