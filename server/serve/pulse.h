/*
 * pulse: whether every serving thread still takes in clients.
 *
 * A timer that ticks says nothing of the threads that serve. So a client of our own is handed to
 * each of them, a socket pair that says nothing, just as the acceptor hands over those that come;
 * whose thread takes it in is alive, and it is closed again. The acceptor looks after this between
 * its clients, and tells systemd's watchdog when the last thread has answered: if it or any other
 * hangs, nobody does, and systemd starts decksd anew.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct doors;
struct pulse;
struct sd;

/* NULL where no watchdog waits. The doors are open; both are borrowed. */
struct pulse *pulse_new(const struct doors *doors, const struct sd *sd);
void pulse_free(struct pulse *pulse); /* NULL is fine */

/* From the acceptor's thread, at least as often as pulse_ms says. NULL is fine. */
void pulse_check(struct pulse *pulse, uint64_t now);

/* How long the acceptor may wait for clients: `most`, or less. */
int pulse_ms(const struct pulse *pulse, int most);

/* From the lane's own thread: whether a new connection's socket is the pulse's. NULL is fine. */
bool pulse_takes(struct pulse *pulse, unsigned lane, int socket);
