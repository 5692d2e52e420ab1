#include "site/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(struct span head, unsigned width, unsigned height)
{
    unsigned found_width = 0, found_height = 0;

    /* Every beginning of it is a broken file; it may say nothing, and must not be read beyond. */
    for (size_t len = 0; len < head.len; len++) {
        char *copy = malloc(len + 1);

        memcpy(copy, head.data, len);
        if (picture_measure((struct span){copy, len}, &found_width, &found_height)) {
            assert_int_equal(found_width, width);
            assert_int_equal(found_height, height);
        }
        free(copy);
    }
    found_width = found_height = 0;
    assert_int_equal(picture_measure(head, &found_width, &found_height), width > 0);
    assert_int_equal(found_width, width);
    assert_int_equal(found_height, height);
}

static void measures_bitmaps(void **state)
{
    (void)state;
    expect(SPAN("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06"), 640, 480);
    expect(SPAN("GIF89a\x40\x01\xf0\0\x91"), 320, 240);
    expect(SPAN("GIF87a\x40\x01\xf0\0\x91"), 320, 240);
    expect(SPAN("RIFF....WEBPVP8 ....\0\0\0\x9d\x01\x2a\x80\x02\xe0\x41...."), 640, 480);
    expect(SPAN("RIFF....WEBPVP8L....\x2f\x7f\xc2\x77\0......"), 640, 480);
    expect(SPAN("RIFF....WEBPVP8X....\0\0\0\0\x7f\x02\0\xdf\x01\0"), 640, 480);
}

#define JPEG_FRAME "\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"

static void measures_photographs(void **state)
{
    (void)state;
    expect(SPAN("\xff\xd8\xff\xe0\0\x04JF" JPEG_FRAME), 640, 480);
    /* Tables and fill bytes before the frame. */
    expect(SPAN("\xff\xd8\xff\xc4\0\x05"
                "abc\xff\xff\xdb\0\x03x" JPEG_FRAME),
           640, 480);
    /* Exif says that the camera was held upright (big and little endian). */
    expect(SPAN("\xff\xd8\xff\xe1\0\x22"
                "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06"
                "\0\0\0\0\0\0" JPEG_FRAME),
           480, 640);
    expect(SPAN("\xff\xd8\xff\xe1\0\x22"
                "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0"
                "\0\0\0\0\0\0" JPEG_FRAME),
           480, 640);
    expect(SPAN("\xff\xd8\xff\xe1\0\x22"
                "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0"
                "\0\0\0\0\0\0" JPEG_FRAME),
           640, 480);
    /* A directory that lies outside the segment, and the picture's data before any frame. */
    expect(SPAN("\xff\xd8\xff\xe1\0\x10"
                "Exif\0\0MM\0*\xff\xff\xff\xff" JPEG_FRAME),
           640, 480);
    expect(SPAN("\xff\xd8\xff\xda\0\x02" JPEG_FRAME), 0, 0);
    expect(SPAN("\xff\xd8\xff\xe0\0\0" JPEG_FRAME), 0, 0);
}

static void svg(const char *text, unsigned width, unsigned height)
{
    unsigned found_width = 0, found_height = 0;
    bool found = picture_measure(span_of(text), &found_width, &found_height);

    assert_int_equal(found, width > 0);
    assert_int_equal(found_width, width);
    assert_int_equal(found_height, height);
}

static void measures_drawings(void **state)
{
    (void)state;
    svg("<svg xmlns=\"x\" width=\"640\" height='480'>", 640, 480);
    svg("\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- <svg width='1' height='1'> -->\n"
        "<!DOCTYPE svg [ <!ENTITY a \">\"> ] >\n<svg\nwidth = \"640px\" height=\"480.4\"/>",
        640, 480);
    svg("<svg width=\"10cm\" height=\"1in\">", 378, 96);
    svg("<svg width=\"320\" viewBox=\"0 0 640 480\">", 320, 240);
    svg("<svg viewBox=\"-10,-10.5 640,480\" height=\"240\">", 320, 240);
}

static void leaves_drawings_without_a_size_to_the_browser(void **state)
{
    (void)state;
    svg("<svg viewBox=\"0 0 640 480\">", 0, 0);
    svg("<svg width=\"100%\" height=\"100%\">", 0, 0);
    svg("<svg width=\"100%\" height=\"480\">", 0, 0);
    svg("<svg width=\"640\" viewBox=\"0 0 0 0\">", 0, 0);
    svg("<svg width=\"640\" viewBox=\"0 0\">", 0, 0);
    svg("<svg width=\"1e9\" height=\"1\">", 0, 0);
    svg("<svg width=\"99999999999999999999\" height=\"1\">", 0, 0);
    svg("<svg width=\"-1\" height=\"1\">", 0, 0);
    svg("<svgx width=\"1\" height=\"1\">", 0, 0);
    svg("<html><svg width=\"1\" height=\"1\">", 0, 0);
    svg("<svg width=\"640 height=480>", 0, 0);
    svg("<svg width=640 height=480>", 0, 0);
}

static void refuses_what_is_none(void **state)
{
    (void)state;
    expect(SPAN(""), 0, 0);
    expect(SPAN("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\x01\xe0\x08\x06"), 0, 0);
    expect(SPAN("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\0\0\x01\xe0\x08\x06"), 0, 0);
    expect(SPAN("# A talk\n\nabout <svg> elements"), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_bitmaps),
        cmocka_unit_test(measures_photographs),
        cmocka_unit_test(measures_drawings),
        cmocka_unit_test(leaves_drawings_without_a_size_to_the_browser),
        cmocka_unit_test(refuses_what_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
