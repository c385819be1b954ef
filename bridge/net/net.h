/* net/net.h: sockets and bytes: the server on libwebsockets with its libev loop.
 *
 * The only room that knows libwebsockets.h. One loop thread runs everything here; net_wake() and net_stop()
 * alone may be called from other threads.
 */
#pragma once

struct conf;
struct net;
struct school;

/* Loads the built app (conf->web) and listens (conf->address, conf->port). Nothing is served before net_run().
 * conf: borrowed, must outlive net. Returns 0 or a negative errno; *why (owned by the caller) then says in a sentence
 * what is wrong. */
int net_new(const struct conf *conf, struct net **ret, char **why);

/* Tells which school is served: before net_run(). Borrowed. */
void net_serve(struct net *net, struct school *school);

/* The port that is listened on: where 0 was asked, the one the system gave. */
int net_port(const struct net *net);

/* Runs the loop until net_stop(): then no new connections, school_stop(), what waits is flushed, every socket
 * is closed with 1001. Returns 0 or a negative errno. */
int net_run(struct net *net);

/* From any thread, any number of times. */
void net_stop(struct net *net);
void net_wake(void *net);

/* After net_run(). Takes NULL. */
void net_free(struct net *net);
