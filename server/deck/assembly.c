#include "deck/assembly.h"

#include "base/file.h"
#include "base/mem.h"
#include "deck/front_matter.h"
#include "deck/guard.h"
#include "deck/include.h"
#include "deck/source.h"

#include <errno.h>
#include <string.h>

enum { DEPTH_MAX = 16, FILES_MAX = 500 };

/* A file that is being put into the text, and the one that included it. */
struct frame {
    const struct frame *parent;
    const char *path;
    unsigned depth;
};

void assembly_init(struct assembly *assembly)
{
    *assembly = (struct assembly){.text = STRBUF_INIT, .line = 1, .directory = -1};
}

void assembly_release(struct assembly *assembly)
{
    vec_each (&assembly->origins, origin)
        free(origin->file);
    vec_release(&assembly->origins);
    vec_release(&assembly->breaks);
    strbuf_release(&assembly->text);
}

/* `bytes` is NULL where there were none to read. */
static void note_read(struct assembly *assembly, const char *name, const struct strbuf *bytes)
{
    struct deck_source source = {0};

    if (bytes)
        source.digest = digest_bytes(strbuf_span(bytes));
    vec_each (&assembly->read->list, known) {
        if (strcmp(known->path, name) != 0)
            continue;
        if (strcmp(known->digest.text, source.digest.text) != 0)
            known->digest = (struct digest){0}; /* changed while we read: neither is the file's */
        return;
    }
    source.path = mem_copy_text(name);
    vec_push(&assembly->read->list, source);
}

/* The path of the same file as it is spelled on the disk, below the deck's directory; or NULL. */
static const char *other_spelling(const struct assembly *assembly, const char *name)
{
    struct deck_file file = {0};
    size_t len = strlen(assembly->prefix);

    if (!assembly->around ||
        !assembly->around->find(assembly->around->context, span_of(name), &file) || !file.path ||
        strncmp(file.path, assembly->prefix, len) != 0)
        return NULL;
    return file.path + len;
}

int assembly_read(struct assembly *assembly, const char *path, struct strbuf *ret_text,
                  const char *asking, unsigned line)
{
    char *name = mem_format("%s%s", assembly->prefix, path);
    struct strbuf bytes = STRBUF_INIT;
    size_t left = assembly->limit - assembly->read_bytes;
    int err = file_read_beneath(assembly->directory, path, left, &bytes);
    const char *other = err == -ENOENT ? other_spelling(assembly, name) : NULL;

    if (other)
        err = file_read_beneath(assembly->directory, other, left, &bytes);
    if (err == -EFBIG)
        err_add(assembly->errs, SEVERITY_ERROR, line ? asking : name, line, 0,
                "%s is too large: a deck may have %zu KiB of text in all; split the deck or raise "
                "the limit",
                path, assembly->limit / 1024);
    else if (err == -EXDEV)
        err_add(assembly->errs, SEVERITY_WARNING, line ? asking : name, line, 0,
                "%s leads out of the deck's directory: copy the file into it", path);
    else if (err)
        err_add(assembly->errs, line ? SEVERITY_WARNING : SEVERITY_ERROR, line ? asking : name,
                line, 0, "%s cannot be read: %s", path, strerrordesc_np(-err));
    note_read(assembly, name, err ? NULL : &bytes);
    if (!err) {
        assembly->read_bytes += bytes.len;
        err = source_decode(strbuf_span(&bytes), assembly->charset, name, assembly->errs, ret_text);
    }
    strbuf_release(&bytes);
    free(name);
    return err;
}

static void add_lines(struct assembly *assembly, const char *path, struct span text, unsigned line)
{
    struct origin origin = {.line = assembly->line, .file_line = line};

    if (text.len == 0)
        return;
    origin.file = mem_format("%s%s", assembly->prefix, path);
    vec_push(&assembly->origins, origin);
    strbuf_append_span(&assembly->text, text);
    for (size_t i = 0; i < text.len; i++)
        assembly->line += text.data[i] == '\n';
}

static void append_chain(struct strbuf *out, const struct frame *frame)
{
    if (frame->parent)
        append_chain(out, frame->parent);
    strbuf_append_format(out, "%s > ", frame->path);
}

/* Whether `path` may be included from the frame; the chain of files is named if not. */
static bool may_include(struct assembly *assembly, const struct frame *frame, const char *path,
                        const char *asking, unsigned line)
{
    struct strbuf chain = STRBUF_INIT;
    const char *what = NULL;

    if (frame->depth >= DEPTH_MAX)
        what = "includes are nested too deeply: include the files from one place";
    if (assembly->files >= FILES_MAX)
        what = "too many files are included: join some of them";
    for (const struct frame *f = frame; f; f = f->parent)
        if (strcmp(f->path, path) == 0)
            what = "a file includes itself: take one of these lines out";
    if (what) {
        append_chain(&chain, frame);
        err_add(assembly->errs, SEVERITY_WARNING, asking, line, 0, "%s (%s%s)", what, chain.data,
                path);
        strbuf_release(&chain);
    }
    return !what;
}

static void expand(struct assembly *assembly, const struct frame *frame, struct span text);

/* Puts the included file into the text; false, with the problem reported, if it cannot be. */
static bool include(struct assembly *assembly, const struct frame *frame, struct span name,
                    unsigned line)
{
    char *asking = mem_format("%s%s", assembly->prefix, frame->path);
    struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
    bool done = false;

    if (!include_resolve(frame->path, name, &path)) {
        err_add(assembly->errs, SEVERITY_WARNING, asking, line, 0,
                "%.*s is not below the deck's directory: only files there can be included",
                (int)(name.len < 200 ? name.len : 200), name.data);
    } else if (may_include(assembly, frame, path.data, asking, line) &&
               assembly_read(assembly, path.data, &text, asking, line) == 0) {
        struct frame inner = {frame, path.data, frame->depth + 1};

        assembly->files++;
        expand(assembly, &inner, strbuf_span(&text));
        done = true;
    }
    strbuf_release(&text);
    strbuf_release(&path);
    free(asking);
    return done;
}

/* Behind the file's front matter, line by line, with the runs in which a line includes nothing. */
static void expand(struct assembly *assembly, const struct frame *frame, struct span text)
{
    struct guard *guard = guard_new(text);
    struct front_matter matter = {.end = 0};
    struct span rest, current, name;
    struct guard_run run;
    bool has_run;
    size_t start; /* of what was not yet added */
    unsigned start_line, line = 1, column;

    if (front_matter_find(text, &matter))
        source_place(text, matter.end, &line, &column);
    start = matter.end;
    start_line = line;
    rest = span_from(text, start);
    has_run = guard_next(guard, start, text.len, &run);
    for (; span_next_line(&rest, &current); line++) {
        size_t at = (size_t)(current.data - text.data);

        while (has_run && (run.end <= at || (run.open && run.start < at)))
            has_run = guard_next(guard, at, text.len, &run);
        if ((has_run && run.start < at) || !include_parse(current, &name))
            continue;
        add_lines(assembly, frame->path, span_cut(text, start, at), start_line);
        start = at;
        start_line = line;
        if (include(assembly, frame, name, line)) {
            start = at + current.len + 1;
            start_line = line + 1;
        }
    }
    add_lines(assembly, frame->path, span_from(text, start), start_line);
    guard_free(guard);
}

void assembly_append(struct assembly *assembly, const char *path, struct span text)
{
    struct frame frame = {.path = path};

    if (assembly->text.len > 0)
        vec_push(&assembly->breaks, assembly->text.len);
    expand(assembly, &frame, text);
}

static const struct origin *find_origin(const struct assembly *assembly, unsigned line)
{
    size_t low = 0, high = assembly->origins.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (assembly->origins.items[middle].line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &assembly->origins.items[low - 1] : NULL;
}

bool assembly_find(const struct assembly *assembly, unsigned line, const char **ret_file,
                   unsigned *ret_line)
{
    const struct origin *origin = line > 0 ? find_origin(assembly, line) : NULL;

    if (!origin)
        return false;
    *ret_file = origin->file;
    *ret_line = origin->file_line + (line - origin->line);
    return true;
}

void assembly_place(const struct assembly *assembly, struct err_list *problems)
{
    vec_each (&problems->list, problem) {
        const char *file;

        if (!assembly_find(assembly, problem->line, &file, &problem->line))
            continue;
        free(problem->file);
        problem->file = mem_copy_text(file);
    }
}
