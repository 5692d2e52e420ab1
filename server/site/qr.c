#include "site/qr.h"

#include <qrencode.h>

enum { QUIET = 4 }; /* modules on each side (ISO/IEC 18004 §6.3.8) */

/* The dark modules of a line as strokes through their middle. */
static void append_line(struct strbuf *out, const unsigned char *modules, int width, int y)
{
    for (int x = 0; x < width; x++) {
        int start = x;

        while (x < width && modules[x] & 1)
            x++;
        if (x > start)
            strbuf_append_format(out, "M%d %d.5h%d", start + QUIET, y + QUIET, x - start);
    }
}

bool qr_append_svg(struct strbuf *out, struct span text)
{
    QRcode *code;
    int size;

    if (text.len == 0 || text.len > QR_TEXT_MAX)
        return false;
    code = QRcode_encodeData((int)text.len, (const unsigned char *)text.data, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    size = code->width + 2 * QUIET;
    strbuf_append_format(out,
                         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                         "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
                         "<path stroke=\"#000\" d=\"",
                         size, size, size, size);
    for (int y = 0; y < code->width; y++)
        append_line(out, code->data + (ptrdiff_t)y * code->width, code->width, y);
    strbuf_append_text(out, "\"/></svg>\n");
    QRcode_free(code);
    return true;
}
