#include "site/publish_feeds.h"

#include "base/pool.h"
#include "site/feed.h"

struct feed_job {
    struct strbuf path; /* of the feed, with a slash before it */
    struct strbuf title;
    struct span page_path; /* of the page that it stands beside */
    const struct talk_list *list;
    struct page page;
};

struct feed_jobs {
    const struct publish *publish;
    VEC(struct feed_job) list;
};

time_t publish_written(const struct publish *publish, const struct talk_list *list)
{
    time_t newest = list->talks.count ? 0 : publish->walk->directories.items[0].modified.tv_sec;

    vec_each (&list->talks, talk)
        if ((*talk)->shown->written > newest)
            newest = (*talk)->shown->written;
    return newest < publish->now ? newest : publish->now;
}

time_t publish_updated(const struct publish *publish, const struct talk_list *list)
{
    time_t newest = 0;

    vec_each (&list->talks, talk) {
        time_t updated = talk_updated(*talk, publish->now);

        newest = updated > newest ? updated : newest;
    }
    return list->talks.count ? newest : publish_written(publish, list);
}

static void add_job(struct feed_jobs *jobs, const struct talk_list *list, const char *page_path,
                    const char *name)
{
    struct feed_job job = {
        .path = STRBUF_INIT, .title = STRBUF_INIT, .page_path = span_of(page_path), .list = list};

    strbuf_append_format(&job.path, "/%sfeed.xml", page_path);
    strbuf_append_format(&job.title, "%s%s%s", name, *name ? " · " : "",
                         jobs->publish->shell->title);
    vec_push(&jobs->list, job);
}

static void run_job(void *context, size_t index)
{
    const struct feed_jobs *jobs = context;
    const struct publish *publish = jobs->publish;
    struct feed_job *job = &jobs->list.items[index];
    struct strbuf text = STRBUF_INIT;

    const struct feed feed = {
        .outlook = {publish->address, span_from(strbuf_span(&job->path), 1), publish->walk,
                    publish->files},
        .title = strbuf_span(&job->title),
        .page = job->page_path,
        .list = job->list,
        .catalog = publish->catalog,
        .begun = publish->walk->directories.items[0].modified.tv_sec,
        .now = publish->now,
    };

    feed_build(&text, &feed);
    page_finish_quick(&job->page, &text, publish->reuse);
}

void publish_feeds(const struct publish *publish)
{
    static const char atom_type[] = "application/atom+xml; charset=utf-8";
    static const enum catalog_kind kinds[] = {CATALOG_TAGS, CATALOG_PEOPLE};
    struct feed_jobs jobs = {.publish = publish};

    add_job(&jobs, &publish->catalog->talks, "", "");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        vec_each (&publish->catalog->kinds[kinds[i]].list, group)
            add_job(&jobs, &(*group)->talks, (*group)->path, (*group)->name);
    pool_run(0, jobs.list.count, run_job, &jobs);
    vec_each (&jobs.list, job) {
        struct resource *resource = publish_form(publish, job->path.data, atom_type, &job->page,
                                                 publish_written(publish, job->list));

        if (resource)
            resource->shared = resource->undated = true;
        page_release(&job->page);
        strbuf_release(&job->path);
        strbuf_release(&job->title);
    }
    vec_release(&jobs.list);
}
