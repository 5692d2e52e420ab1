#include "site/error_page.h"

static const struct error_text {
    int status;
    const char *heading, *message; /* RFC 9110 §15; a sentence for whoever sees it */
} texts[] = {
    {400, "Bad request", "The server does not understand what was asked for."},
    {401, "Not for everybody", "What was asked for is not given to everybody."},
    {403, "Forbidden", "This is not for everybody."},
    {404, "Not found", "There is nothing at this address. Perhaps the talk has moved."},
    {405, "Method not allowed", "Pages here can be read, not changed."},
    {406, "Not acceptable", "The page does not exist in a form that your program accepts."},
    {408, "Request timeout", "The request took too long to arrive. Please try again."},
    {410, "Gone", "This talk is no longer here."},
    {412, "Precondition failed", "The page has changed since your program last saw it."},
    {413, "Content too large", "The server takes no uploads of this size."},
    {414, "URI too long", "The address is too long."},
    {416, "Range not satisfiable", "The file does not have the part that was asked for."},
    {417, "Expectation failed", "The server cannot do what the request expects."},
    {429, "Too many requests", "Please wait a moment, then try again."},
    {431, "Request header fields too large", "The request’s header is too large."},
    {500, "Internal server error", "Something broke in the server. Please try again."},
    {501, "Not implemented", "The server does not know how to do this."},
    {503, "Service unavailable", "The server is busy. Please try again in a moment."},
    {505, "HTTP version not supported", "The server speaks HTTP/1.1 and HTTP/1.0."},
};

enum { TEXT_COUNT = sizeof texts / sizeof *texts };

size_t error_page_count(void)
{
    return TEXT_COUNT;
}

int error_page_status(size_t index)
{
    return texts[index].status;
}

size_t error_page_index(int status)
{
    size_t fallback = 0;

    for (size_t i = 0; i < TEXT_COUNT; i++) {
        if (texts[i].status == status)
            return i;
        if (texts[i].status == 500 && status >= 500)
            fallback = i;
    }
    return fallback;
}

void error_page_build_html(size_t index, const struct shell *shell, const struct reuse *reuse,
                           struct page *ret_page)
{
    const struct error_text *text = &texts[index];
    struct strbuf html = STRBUF_INIT, status = STRBUF_INIT;

    strbuf_append_format(&status, "%d", text->status);
    shell_append_notice(&html, shell, SPAN(""), true, status.data, span_of(text->heading),
                        text->message);
    page_finish(ret_page, &html, reuse);
    strbuf_release(&status);
}

void error_page_build_text(size_t index, const struct reuse *reuse, struct page *ret_page)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_append_format(&text, "%d %s\n%s\n", texts[index].status, texts[index].heading,
                         texts[index].message);
    page_finish(ret_page, &text, reuse);
}
