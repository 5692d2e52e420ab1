#include "site/files.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/names.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "site/picture.h"
#include "site/slug.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct reading {
    struct site_files *files;
    const struct site_files *before;
    const struct reuse *reuse;
    time_t began;
    int root;
    int *errors; /* one for each file */
};

/* Reads until the buffer is full or the file ends. */
static ssize_t read_full(int fd, char *buffer, size_t size)
{
    size_t len = 0;

    while (len < size) {
        ssize_t n = read(fd, buffer + len, size - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

static int digest_rest(int fd, char *buffer, size_t size, size_t limit, struct digest_state *state)
{
    for (;;) {
        ssize_t n = limit ? read_full(fd, buffer, size < limit ? size : limit) : 0;

        if (n <= 0)
            return (int)n;
        digest_add(state, buffer, (size_t)n);
        limit -= (size_t)n;
    }
}

/* After the head, which is in the buffer: all that remains, or a sample of a huge file. */
static int digest_file(int fd, char *buffer, size_t size, size_t head, const struct stat *st,
                       struct digest *ret_digest)
{
    struct digest_state *state = digest_new();
    int err;

    digest_add(state, buffer, head);
    if (st->st_size <= FILES_WHOLE_LIMIT) {
        err = digest_rest(fd, buffer, size, SIZE_MAX, state);
    } else {
        digest_add(state, &st->st_size, sizeof st->st_size);
        digest_add(state, &st->st_mtim.tv_sec, sizeof st->st_mtim.tv_sec);
        digest_add(state, &st->st_mtim.tv_nsec, sizeof st->st_mtim.tv_nsec);
        err = digest_rest(fd, buffer, size, FILES_END, state);
        if (!err && lseek(fd, -FILES_END, SEEK_END) < 0)
            err = -errno;
        if (!err)
            err = digest_rest(fd, buffer, size, FILES_END, state);
    }
    *ret_digest = digest_finish(state);
    return err;
}

static int read_file(int root, const struct reuse *reuse, struct site_file *file)
{
    char *buffer = NULL;
    struct stat st;
    int fd, err = file_open_beneath(root, file->file->path, &fd, &st);
    size_t size = PICTURE_HEAD;
    ssize_t head;

    if (err)
        return err;
    if (st.st_size < PICTURE_HEAD)
        size = (size_t)st.st_size + 1; /* one more, to see the end in the same read */
    buffer = mem_alloc(size);
    head = read_full(fd, buffer, size);
    if (head < 0) {
        err = (int)head;
        goto out;
    }
    struct span text = {buffer, (size_t)head};

    /* Of a longer text only the beginning is checked, up to a character that may be cut. */
    size_t bad = 0;

    file->utf8 = utf8_valid(text, &bad) || (head == (ssize_t)size && bad + 4 > (size_t)head);
    picture_measure(text, &file->width, &file->height);
    file->slug = slug_read(text);
    err = digest_file(fd, buffer, size, (size_t)head, &st, &file->digest);
    if (file->mime->part && head <= FILES_HELD_LIMIT)
        reuse_forms(reuse, file->digest, text, false, file->forms);
out:
    free(buffer);
    close(fd);
    return err;
}

static bool is_unchanged(const struct walk_file *now, const struct walk_file *before)
{
    return now->size == before->size && now->inode == before->inode &&
           now->device == before->device && now->modified.tv_sec == before->modified.tv_sec &&
           now->modified.tv_nsec == before->modified.tv_nsec &&
           now->changed.tv_sec == before->changed.tv_sec &&
           now->changed.tv_nsec == before->changed.tv_nsec;
}

/* False where the file has to be read. */
static bool take_over(struct site_file *file, const struct site_files *before)
{
    const struct walk_file *found = file->file;
    const struct site_file *known = site_files_find(before, span_of(found->path));

    if (!known || !known->settled || !is_unchanged(found, known->file))
        return false;
    *file = *known;
    file->file = found;
    file->slug = mem_copy_text(known->slug);
    for (size_t i = 0; i < CODING_COUNT; i++)
        if (file->forms[i])
            blob_ref(file->forms[i]);
    return true;
}

static void read_job(void *context, size_t index)
{
    struct reading *reading = context;
    struct site_file *file = &reading->files->list[index];

    if (reading->before && take_over(file, reading->before))
        return;
    reading->errors[index] = read_file(reading->root, reading->reuse, file);
    file->readable = reading->errors[index] == 0;
    file->settled = file->readable && file->file->changed.tv_sec < reading->began - FILES_SETTLE;
}

void site_files_read(struct site_files *files, int root, const struct walk *walk,
                     const struct site_files *before, const struct reuse *reuse,
                     struct err_list *errs)
{
    struct reading reading = {
        .files = files,
        .before = before,
        .reuse = reuse,
        .began = walk->began,
        .root = root,
    };

    *files = (struct site_files){
        .list = mem_zero(walk->files.count + 1, sizeof *files->list),
        .count = walk->files.count,
    };
    reading.errors = mem_zero(files->count + 1, sizeof *reading.errors);
    map_init(&files->by_path);
    map_init(&files->by_composed_path);
    for (size_t i = 0; i < files->count; i++) {
        files->list[i].file = &walk->files.items[i];
        files->list[i].mime = mime_find(span_of(walk->files.items[i].name));
    }
    pool_run(0, files->count, read_job, &reading);
    for (size_t i = 0; i < files->count; i++) {
        const char *path = files->list[i].file->path;

        if (files->list[i].readable) {
            map_put(&files->by_path, span_of(path), &files->list[i]);
            names_put(&files->by_composed_path, span_of(path), &files->list[i]);
            continue;
        }
        err_add(errs, SEVERITY_WARNING, path, 0, 0, "the file is not served: %s",
                strerrordesc_np(-reading.errors[i]));
    }
    free(reading.errors);
}

void site_files_release(struct site_files *files)
{
    map_release(&files->by_path);
    map_release(&files->by_composed_path);
    for (size_t i = 0; i < files->count; i++) {
        for (size_t k = 0; k < CODING_COUNT; k++)
            blob_unref(files->list[i].forms[k]);
        free(files->list[i].slug);
    }
    free(files->list);
    *files = (struct site_files){0};
}

const struct site_file *site_files_find(const struct site_files *files, struct span path)
{
    const struct site_file *file = map_get(&files->by_path, path);

    return file ? file : names_get(&files->by_composed_path, path);
}

/* Names are in order, so that kin stand together. */
void site_files_find_kin(const struct site_files *files, const struct site_file *file,
                         size_t *ret_first, size_t *ret_end)
{
    struct span stem = span_of(file->file->path);
    size_t first = (size_t)(file - files->list), end = first + 1;

    while (stem.len > 0 && stem.data[stem.len - 1] != '.' && stem.data[stem.len - 1] != '/')
        stem.len--;
    while (first > 0 && span_starts_with(span_of(files->list[first - 1].file->path), stem))
        first--;
    while (end < files->count && span_starts_with(span_of(files->list[end].file->path), stem))
        end++;
    *ret_first = first;
    *ret_end = end;
}
