#include "site/publish_lists.h"

#include "base/mem.h"
#include "base/pool.h"
#include "site/group_page.h"

#include <stdlib.h>

/* What lists are made from: the program, all decks, and the directories that decks vanish from. */
static time_t lists_modified(const struct publish *publish)
{
    const struct talks *talks = publish->talks;
    time_t modified = publish->program_modified;

    for (size_t i = 0; i < talks->count; i++)
        if (talks->list[i].shown->modified > modified)
            modified = talks->list[i].shown->modified;
    vec_each (&publish->walk->directories, directory)
        if (directory->modified.tv_sec > modified)
            modified = directory->modified.tv_sec;
    return modified;
}

void publish_index(const struct publish *publish)
{
    struct resource *resource;
    struct page page;

    if (!publish->shell->has_index)
        return;
    index_page_build(publish->index, publish->reuse, &page);
    resource = publish_page(publish, "/", &page, lists_modified(publish));
    if (resource) {
        resource->undated = true;
        resource->compute = index_page_compute;
        resource->compute_context = publish->index;
    }
    page_release(&page);
}

/* One page of many that are made on all cores. */
struct group_job {
    enum catalog_kind kind;
    const struct catalog_group *group; /* NULL: the list of the kind */
    struct strbuf path;
    struct page page;
};

struct group_jobs {
    struct group_page_site site;
    VEC(struct group_job) list;
};

static void add_job(struct group_jobs *jobs, const struct publish *publish, enum catalog_kind kind,
                    const struct catalog_group *group)
{
    struct group_job job = {.kind = kind, .group = group, .path = STRBUF_INIT};

    strbuf_append_char(&job.path, '/');
    strbuf_append_text(&job.path, group ? group->path : catalog_kind_path(kind));
    if (map_get(&publish->routes->by_path, strbuf_span(&job.path)))
        strbuf_release(&job.path);
    else
        vec_push(&jobs->list, job);
}

static void run_job(void *context, size_t index)
{
    struct group_jobs *jobs = context;
    struct group_job *job = &jobs->list.items[index];

    if (job->group)
        group_page_build(&jobs->site, job->kind, job->group, &job->page);
    else
        group_page_build_list(&jobs->site, job->kind, &job->page);
}

void publish_groups(const struct publish *publish)
{
    struct group_jobs jobs = {
        .site = {publish->shell, publish->catalog, publish->files, publish->reuse}};
    time_t modified = lists_modified(publish);

    if (!publish->shell->has_index)
        return;
    for (int i = 0; i < CATALOG_KIND_COUNT; i++) {
        enum catalog_kind kind = (enum catalog_kind)i;

        add_job(&jobs, publish, kind, NULL);
        vec_each (&publish->catalog->kinds[kind].list, group)
            add_job(&jobs, publish, kind, *group);
    }
    pool_run(0, jobs.list.count, run_job, &jobs);
    vec_each (&jobs.list, job) {
        struct resource *resource = publish_page(publish, job->path.data, &job->page, modified);

        if (resource)
            resource->undated = true;
        page_release(&job->page);
        strbuf_release(&job->path);
    }
    vec_release(&jobs.list);
    group_page_check(&jobs.site, publish->errs);
}
