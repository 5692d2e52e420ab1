#include "site/picture.h"

#include "site/picture_svg.h"

#include <stdint.h>
#include <string.h>

static unsigned byte_at(struct span data, size_t at)
{
    return at < data.len ? (unsigned char)data.data[at] : 0;
}

static uint32_t big(struct span data, size_t at, unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | byte_at(data, at + i);
    return value;
}

static uint32_t little(struct span data, size_t at, unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = bytes; i-- > 0;)
        value = value << 8 | byte_at(data, at + i);
    return value;
}

static bool holds(struct span data, size_t at, struct span text)
{
    return at <= data.len && span_starts_with(span_from(data, at), text);
}

static bool take_size(uint32_t width, uint32_t height, unsigned *ret_width, unsigned *ret_height)
{
    if (width == 0 || height == 0 || width > PICTURE_MAX || height > PICTURE_MAX)
        return false;
    *ret_width = width;
    *ret_height = height;
    return true;
}

/* PNG §11.2.2: the header chunk comes first. */
static bool measure_png(struct span head, unsigned *ret_width, unsigned *ret_height)
{
    return head.len >= 24 && holds(head, 12, SPAN("IHDR")) &&
           take_size(big(head, 16, 4), big(head, 20, 4), ret_width, ret_height);
}

static bool measure_gif(struct span head, unsigned *ret_width, unsigned *ret_height)
{
    return head.len >= 10 &&
           take_size(little(head, 6, 2), little(head, 8, 2), ret_width, ret_height);
}

/* RFC 9649: extended, lossless and lossy files each have a first chunk of their own. */
static bool measure_webp(struct span head, unsigned *ret_width, unsigned *ret_height)
{
    uint32_t bits;

    if (head.len < 30)
        return false;
    if (holds(head, 12, SPAN("VP8X")))
        return take_size(little(head, 24, 3) + 1, little(head, 27, 3) + 1, ret_width, ret_height);
    if (holds(head, 12, SPAN("VP8L")) && byte_at(head, 20) == 0x2f) {
        bits = little(head, 21, 4);
        return take_size((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, ret_width, ret_height);
    }
    if (holds(head, 12, SPAN("VP8 ")) && holds(head, 23, SPAN("\x9d\x01\x2a")))
        return take_size(little(head, 26, 2) & 0x3fff, little(head, 28, 2) & 0x3fff, ret_width,
                         ret_height);
    return false;
}

/* Exif 2.3 §4.6.4: tag 0x112 of the first directory; 1 where there is none. */
static unsigned exif_orientation(struct span exif)
{
    struct span tiff = span_from(exif, 6);
    bool is_big = holds(tiff, 0, SPAN("MM"));
    uint32_t (*number)(struct span, size_t, unsigned) = is_big ? big : little;
    size_t directory, count;

    if (!is_big && !holds(tiff, 0, SPAN("II")))
        return 1;
    directory = number(tiff, 4, 4);
    if (tiff.len < 10 || directory > tiff.len - 2)
        return 1;
    count = number(tiff, directory, 2);
    for (size_t i = 0, at = directory + 2; i < count && at + 12 <= tiff.len; i++, at += 12)
        if (number(tiff, at, 2) == 0x112)
            return number(tiff, at + 8, 2);
    return 1;
}

/* ITU T.81 B.1.1.3: the frame headers, without those of DHT, JPG and DAC between them. */
static bool is_frame(unsigned marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool measure_jpeg(struct span head, unsigned *ret_width, unsigned *ret_height)
{
    unsigned orientation = 1;
    size_t at = 2;

    while (at + 4 <= head.len && byte_at(head, at) == 0xff) {
        unsigned marker = byte_at(head, at + 1);
        size_t len;

        if (marker == 0xff) { /* a fill byte */
            at++;
            continue;
        }
        if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) { /* alone, without a length */
            at += 2;
            continue;
        }
        len = big(head, at + 2, 2);
        if (len < 2 || marker == 0xd9 || marker == 0xda)
            return false;
        if (is_frame(marker)) {
            bool on_side = orientation >= 5 && orientation <= 8;
            uint32_t height = big(head, at + 5, 2), width = big(head, at + 7, 2);

            return at + 9 <= head.len && take_size(on_side ? height : width,
                                                   on_side ? width : height, ret_width, ret_height);
        }
        if (marker == 0xe1 && holds(head, at + 4, SPAN("Exif\0\0")))
            orientation = exif_orientation(span_cut(head, at + 4, at + 2 + len));
        at += 2 + len;
    }
    return false;
}

bool picture_measure(struct span head, unsigned *ret_width, unsigned *ret_height)
{
    if (holds(head, 0, SPAN("\x89PNG\r\n\x1a\n")))
        return measure_png(head, ret_width, ret_height);
    if (holds(head, 0, SPAN("\xff\xd8\xff")))
        return measure_jpeg(head, ret_width, ret_height);
    if (holds(head, 0, SPAN("GIF87a")) || holds(head, 0, SPAN("GIF89a")))
        return measure_gif(head, ret_width, ret_height);
    if (holds(head, 0, SPAN("RIFF")) && holds(head, 8, SPAN("WEBP")))
        return measure_webp(head, ret_width, ret_height);
    return picture_svg_measure(head, PICTURE_MAX, ret_width, ret_height);
}
