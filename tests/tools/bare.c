/*
 * bare THREADS: what loading would cost if there were nothing but the libraries.
 *
 * Standard input names files, one a line. Markdown (*.md) is parsed and rendered by cmark-gfm as it
 * stands, everything else is compressed as the server does it. Prints the CPU seconds of it all.
 */
#define CMARK_NO_SHORT_NAMES

#include "base/file.h"
#include "base/pool.h"
#include "base/vec.h"
#include "deck/commonmark.h"
#include "deck/deck.h"
#include "http/compress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct names {
    VEC(char *) list;
};

static void render(struct span text)
{
    cmark_node *document = commonmark_parse(text, COMMONMARK_GFM);
    char *html = cmark_render_html(document, CMARK_OPT_UNSAFE, NULL);

    if (!html)
        abort();
    free(html);
    cmark_node_free(document);
}

static void work(void *context, size_t index)
{
    const struct names *names = context;
    struct span name = span_of(names->list.items[index]);
    struct strbuf text = STRBUF_INIT;
    int err = file_read_path(name.data, SIZE_MAX, &text);

    if (err) {
        fprintf(stderr, "%s: %s\n", name.data, strerror(-err));
        exit(EXIT_FAILURE);
    }
    if (span_ends_with(name, SPAN(".md"))) {
        render(strbuf_span(&text));
    } else {
        blob_unref(compress_gzip(strbuf_span(&text)));
        blob_unref(compress_brotli(strbuf_span(&text)));
    }
    strbuf_release(&text);
}

static double cpu_seconds(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv)
{
    unsigned threads = argc == 2 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    struct names names = {0};
    char *line = NULL;
    size_t size = 0;

    if (!threads) {
        fputs("usage: bare THREADS < names\n", stderr);
        return 2;
    }
    while (getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        vec_push(&names.list, mem_copy_text(line));
    }
    free(line);
    deck_setup();
    pool_run(threads, names.list.count, work, &names);
    printf("%.3f\n", cpu_seconds());
    deck_teardown();
    vec_each (&names.list, name)
        free(*name);
    vec_release(&names.list);
    return 0;
}
