#include "site/video.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void plays(const char *address, const char *host, const char *frame)
{
    struct video video;
    size_t len;

    video_parse(&video, span_of(address));
    assert_int_equal(video.kind, VIDEO_FRAME);
    assert_string_equal(video.page.data, address);
    assert_string_equal(video.host.data, host);
    assert_string_equal(video.frame.data, frame);
    len = video.origin.len;
    assert_true(len > strlen("https://"));
    assert_memory_equal(video.frame.data, video.origin.data, len);
    assert_int_equal(video.frame.data[len], '/');
    video_release(&video);
}

static void is(const char *address, enum video_kind kind)
{
    struct video video;

    video_parse(&video, span_of(address));
    if (video.kind != kind)
        print_message("%s\n", address);
    assert_int_equal(video.kind, kind);
    assert_string_equal(video.frame.data, "");
    assert_string_equal(video.origin.data, "");
    video_release(&video);
}

static void knows_youtube(void **state)
{
    static const char *const addresses[] = {
        "https://www.youtube.com/watch?v=abc-DEF_123",
        "http://youtube.com/watch?list=x&v=abc-DEF_123#top",
        "https://m.youtube.com/watch?v=abc-DEF_123",
        "https://youtu.be/abc-DEF_123",
        "https://youtu.be/abc-DEF_123?si=tracking",
        "https://www.youtube.com/embed/abc-DEF_123",
        "https://WWW.YouTube-nocookie.com/embed/abc-DEF_123?rel=0",
        "https://www.youtube.com/live/abc-DEF_123",
        "https://www.youtube.com/shorts/abc-DEF_123/",
        "https://youtu.be/abc-DEF_123?t=soon",
    };

    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        plays(addresses[i], "YouTube",
              "https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1");
    plays("https://youtu.be/abc-DEF_123?t=1h2m3s", "YouTube",
          "https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1&start=3723");
    plays("https://www.youtube.com/watch?v=abc-DEF_123&t=90", "YouTube",
          "https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1&start=90");
    plays("https://www.youtube.com/embed/abc-DEF_123?start=45", "YouTube",
          "https://www.youtube-nocookie.com/embed/abc-DEF_123?autoplay=1&start=45");
}

static void knows_the_others(void **state)
{
    (void)state;
    plays("https://vimeo.com/123456", "Vimeo",
          "https://player.vimeo.com/video/123456?dnt=1&autoplay=1");
    plays("https://vimeo.com/channels/staff/123456", "Vimeo",
          "https://player.vimeo.com/video/123456?dnt=1&autoplay=1");
    plays("https://vimeo.com/123456/0a1b2c", "Vimeo",
          "https://player.vimeo.com/video/123456?dnt=1&autoplay=1&h=0a1b2c");
    plays("https://player.vimeo.com/video/123456?h=0a1b2c", "Vimeo",
          "https://player.vimeo.com/video/123456?dnt=1&autoplay=1&h=0a1b2c");
    plays("https://media.ccc.de/v/36c3-1-a_talk.b", "media.ccc.de",
          "https://media.ccc.de/v/36c3-1-a_talk.b/oembed");
    plays("https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv", "tube.example",
          "https://tube.example/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1");
    plays("https://tube.example:8443/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
          "tube.example:8443",
          "https://tube.example:8443/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?autoplay=1");
}

static void other_addresses_are_pages(void **state)
{
    (void)state;
    is("https://example.org/talk", VIDEO_PAGE);
    is("https://www.youtube.com/@somebody", VIDEO_PAGE);
    is("https://www.youtube.com/watch?v=short", VIDEO_PAGE);
    is("https://www.youtube.com/watch?v=abc-DEF%123", VIDEO_PAGE);
    is("https://youtube.com.example.org/watch?v=abc-DEF_123", VIDEO_PAGE);
    is("https://notyoutube.com/watch?v=abc-DEF_123", VIDEO_PAGE);
    is("https://vimeo.com/somebody", VIDEO_PAGE);
    is("https://media.ccc.de/c/36c3", VIDEO_PAGE);
    is("https://media.ccc.de/v/a%2fb", VIDEO_PAGE);
    is("http://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv", VIDEO_PAGE);
    is("https://tube.example/w/p/kkGMgK9ZtnKfYAgnEtQxbv", VIDEO_PAGE);
    is("https://example.org", VIDEO_PAGE);
}

static void names_are_files(void **state)
{
    (void)state;
    is("talk.mp4", VIDEO_FILE);
    is("media/talk one.webm", VIDEO_FILE);
    is("/2015/talk.mp4", VIDEO_FILE);
    is("./10:30.mp4", VIDEO_FILE);
}

static void anything_else_is_refused(void **state)
{
    static const char *const addresses[] = {
        "",
        " ",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "mailto:a@example.org",
        "ftp://example.org/a.mp4",
        "//www.youtube.com/embed/abc-DEF_123",
        "https://",
        "https:///x",
        "https://a b/",
        "https://user@www.youtube.com/watch?v=abc-DEF_123",
        "https://exa\"mple.org/",
        "https://example.org/<script>",
        "https://example.org/\x01",
        "https://example.org;script-src/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://example.org'/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://*/w/kkGMgK9ZtnKfYAgnEtQxbv",
        "https://example.org\\@evil/",
    };

    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        is(addresses[i], VIDEO_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_youtube),
        cmocka_unit_test(knows_the_others),
        cmocka_unit_test(other_addresses_are_pages),
        cmocka_unit_test(names_are_files),
        cmocka_unit_test(anything_else_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
