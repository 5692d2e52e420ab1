/*
 * loaddeck DIRECTORY SOURCE: renders one deck, without the page around it and without compressing,
 * and prints the CPU milliseconds that it took: the least of three times.
 */
#include "base/file.h"
#include "deck/deck.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static bool find_file(void *context, struct span path, struct deck_file *ret_file)
{
    (void)context, (void)path, (void)ret_file;
    return false;
}

static bool find_deck(void *context, struct span path, struct span *ret_url)
{
    (void)context, (void)path, (void)ret_url;
    return false;
}

static double cpu_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    struct deck_request request = {
        .directory = "",
        .path = "",
        .source = argc == 3 ? argv[2] : NULL,
        .limit = 1 << 28,
        .files = {NULL, find_file, find_deck},
    };
    double least = 0;

    if (argc != 3) {
        fputs("usage: loaddeck DIRECTORY SOURCE\n", stderr);
        return 2;
    }
    int err = file_open_directory(argv[1], &request.root);

    if (err) {
        fprintf(stderr, "%s: %s\n", argv[1], strerror(-err));
        return 1;
    }
    /* What was freed is kept: asking the system for it again costs long decks only. */
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    deck_setup();
    for (int i = 0; i < 3; i++) {
        double start = cpu_ms(), took;
        struct deck *deck = deck_load(&request);

        took = cpu_ms() - start;
        if (i == 0 || took < least)
            least = took;
        deck_free(deck);
    }
    printf("%.3f\n", least);
    deck_teardown();
    close(request.root);
    return 0;
}
