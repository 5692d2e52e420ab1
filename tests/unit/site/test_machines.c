/* What programs read of a site, as far as no site is needed for it. */
#include "base/mem.h"
#include "base/timestamp.h"
#include "site/sitemap.h"
#include "site/well_known.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ADDRESS SPAN("https://a.example")

static size_t count(const char *text, const char *part)
{
    size_t found = 0;

    while ((text = strstr(text, part))) {
        text += strlen(part);
        found++;
    }
    return found;
}

static void a_site_map_is_divided_when_it_is_too_long(void **state)
{
    struct sitemap sitemap = {0};
    struct strbuf text = STRBUF_INIT;

    (void)state;
    for (size_t i = 0; i < SITEMAP_MAX; i++)
        sitemap_add(&sitemap, SPAN("a b/"), 86400);
    assert_int_equal(sitemap_part_count(&sitemap), 0);
    sitemap_build(&text, &sitemap, ADDRESS);
    assert_int_equal(count(text.data, "<url><loc>https://a.example/a%20b/</loc>"
                                      "<lastmod>1970-01-02T00:00:00Z</lastmod></url>\n"),
                     SITEMAP_MAX);

    sitemap_add(&sitemap, SPAN("last/"), 2 * 86400);
    assert_int_equal(sitemap_part_count(&sitemap), 2);
    strbuf_reset(&text);
    sitemap_build(&text, &sitemap, ADDRESS);
    assert_string_equal(text.data, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                                   "<sitemapindex "
                                   "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
                                   "<sitemap><loc>https://a.example/sitemap-1.xml</loc>"
                                   "<lastmod>1970-01-02T00:00:00Z</lastmod></sitemap>\n"
                                   "<sitemap><loc>https://a.example/sitemap-2.xml</loc>"
                                   "<lastmod>1970-01-03T00:00:00Z</lastmod></sitemap>\n"
                                   "</sitemapindex>\n");
    strbuf_reset(&text);
    sitemap_build_part(&text, &sitemap, 1, ADDRESS);
    assert_int_equal(count(text.data, "<url>"), SITEMAP_MAX);
    strbuf_reset(&text);
    sitemap_build_part(&text, &sitemap, 2, ADDRESS);
    assert_int_equal(count(text.data, "<url>"), 1);
    assert_int_equal(count(text.data, "<loc>https://a.example/last/</loc>"), 1);
    strbuf_release(&text);
    sitemap_release(&sitemap);
}

static void security_is_over_on_the_day_after_the_last(void **state)
{
    struct security_settings security = {.expires = (char *)(uintptr_t) "2001-09-08"};
    const time_t last = 999993599; /* 2001-09-08T23:59:59Z */

    (void)state;
    assert_false(security_txt_is_over(&security, last));
    assert_true(security_txt_is_over(&security, last + 1));
    assert_false(security_txt_is_over(&security, 0));
}

static void times_are_written_within_bounds(void **state)
{
    static const struct {
        time_t time;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {999999999, "2001-09-09T01:46:39Z"},
        {-1, "1970-01-01T00:00:00Z"},
        {253402300799, "9999-12-31T23:59:59Z"},
        {253402300800, "9999-12-31T23:59:59Z"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf text = STRBUF_INIT;

        timestamp_append(&text, rows[i].time);
        assert_string_equal(text.data, rows[i].text);
        strbuf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_site_map_is_divided_when_it_is_too_long),
        cmocka_unit_test(security_is_over_on_the_day_after_the_last),
        cmocka_unit_test(times_are_written_within_bounds),
    };

    return cmocka_run_group_tests_name("machines", tests, NULL, NULL);
}
