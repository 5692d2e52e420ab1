/*
 * current: the edition that answers now.
 *
 * Every request looks at it, and it hardly ever changes. So there is a lock for each serving
 * thread, a lane: a request holds its own lane's, which nobody else wants and therefore costs next
 * to nothing, and whoever replaces the edition takes all of them. When that is done no request
 * looks at the old one any more, and it may be freed.
 *
 * Nothing may block while a lane is held, beyond opening a file.
 */
#pragma once

struct current;
struct edition;

struct current *current_new(unsigned lanes, struct edition *edition); /* takes the edition */
void current_free(struct current *current);

/* Borrowed until current_leave. */
const struct edition *current_enter(struct current *current, unsigned lane);
void current_leave(struct current *current, unsigned lane);

/* Takes the edition and frees the one before. From one thread at a time. */
void current_replace(struct current *current, struct edition *edition);
