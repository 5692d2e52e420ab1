#include "http/mime.h"

#include <stdlib.h>
#include <string.h>

/* Text with a charset, pages, data that compresses, the same with scripts, data that does not. */
#define TEXT(extension, type)                                                                      \
    {                                                                                              \
        extension, type "; charset=utf-8", type, true, false                                       \
    }
#define PAGE(extension, type)                                                                      \
    {                                                                                              \
        extension, type "; charset=utf-8", type, true, true                                        \
    }
#define LOOSE(extension, type)                                                                     \
    {                                                                                              \
        extension, type, type, true, false                                                         \
    }
#define ACTIVE(extension, type)                                                                    \
    {                                                                                              \
        extension, type, type, true, true                                                          \
    }
#define PACKED(extension, type)                                                                    \
    {                                                                                              \
        extension, type, type, false, false                                                        \
    }

/* In the order of strcmp: mime_find searches by halves. */
static const struct mime types[] = {
    PACKED("aac", "audio/aac"),
    PACKED("apng", "image/apng"),
    PACKED("avif", "image/avif"),
    TEXT("bib", "text/x-bibtex"),
    PACKED("bin", "application/octet-stream"),
    PACKED("bmp", "image/bmp"),
    PACKED("bz2", "application/x-bzip2"),
    TEXT("c", "text/x-c"),
    LOOSE("cast", "application/x-asciicast"),
    TEXT("cc", "text/x-c++"),
    TEXT("cjs", "text/javascript"),
    TEXT("clj", "text/x-clojure"),
    TEXT("cpp", "text/x-c++"),
    TEXT("cs", "text/x-csharp"),
    TEXT("css", "text/css"),
    TEXT("csv", "text/csv"),
    TEXT("diff", "text/x-diff"),
    PACKED("doc", "application/msword"),
    PACKED("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    TEXT("dot", "text/vnd.graphviz"),
    ACTIVE("drawio", "application/xml"),
    LOOSE("eot", "application/vnd.ms-fontobject"),
    PACKED("epub", "application/epub+zip"),
    PACKED("flac", "audio/flac"),
    LOOSE("geojson", "application/geo+json"),
    PACKED("gif", "image/gif"),
    LOOSE("glb", "model/gltf-binary"),
    LOOSE("gltf", "model/gltf+json"),
    TEXT("go", "text/x-go"),
    LOOSE("gpx", "application/gpx+xml"),
    PACKED("gz", "application/gzip"),
    TEXT("h", "text/x-c"),
    PACKED("heic", "image/heic"),
    PACKED("heif", "image/heif"),
    TEXT("hpp", "text/x-c++"),
    TEXT("hs", "text/x-haskell"),
    PAGE("htm", "text/html"),
    PAGE("html", "text/html"),
    LOOSE("ico", "image/vnd.microsoft.icon"),
    TEXT("ics", "text/calendar"),
    TEXT("ini", "text/plain"),
    LOOSE("ipynb", "application/x-ipynb+json"),
    TEXT("java", "text/x-java"),
    PACKED("jpeg", "image/jpeg"),
    PACKED("jpg", "image/jpeg"),
    TEXT("js", "text/javascript"),
    LOOSE("json", "application/json"),
    LOOSE("json5", "application/json5"),
    LOOSE("jsonld", "application/ld+json"),
    PACKED("jxl", "image/jxl"),
    PACKED("key", "application/vnd.apple.keynote"),
    LOOSE("kml", "application/vnd.google-earth.kml+xml"),
    TEXT("kt", "text/x-kotlin"),
    TEXT("log", "text/plain"),
    TEXT("lua", "text/x-lua"),
    LOOSE("m3u8", "application/vnd.apple.mpegurl"),
    PACKED("m4a", "audio/mp4"),
    PACKED("m4v", "video/mp4"),
    LOOSE("map", "application/json"),
    TEXT("markdown", "text/markdown"),
    TEXT("md", "text/markdown"),
    PACKED("mid", "audio/midi"),
    TEXT("mjs", "text/javascript"),
    TEXT("ml", "text/x-ocaml"),
    TEXT("mli", "text/x-ocaml"),
    PACKED("mov", "video/quicktime"),
    PACKED("mp3", "audio/mpeg"),
    PACKED("mp4", "video/mp4"),
    LOOSE("mpd", "application/dash+xml"),
    TEXT("nix", "text/x-nix"),
    PACKED("odg", "application/vnd.oasis.opendocument.graphics"),
    PACKED("odp", "application/vnd.oasis.opendocument.presentation"),
    PACKED("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    PACKED("odt", "application/vnd.oasis.opendocument.text"),
    PACKED("oga", "audio/ogg"),
    PACKED("ogg", "audio/ogg"),
    PACKED("ogv", "video/ogg"),
    PACKED("opus", "audio/ogg"),
    LOOSE("otf", "font/otf"),
    TEXT("patch", "text/x-diff"),
    PACKED("pdf", "application/pdf"),
    TEXT("php", "text/plain"),
    TEXT("pl", "text/x-perl"),
    PACKED("png", "image/png"),
    PACKED("ppt", "application/vnd.ms-powerpoint"),
    PACKED("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    LOOSE("ps", "application/postscript"),
    TEXT("py", "text/x-python"),
    TEXT("r", "text/x-r"),
    TEXT("rb", "text/x-ruby"),
    TEXT("rs", "text/x-rust"),
    TEXT("rst", "text/x-rst"),
    LOOSE("rtf", "application/rtf"),
    TEXT("scala", "text/x-scala"),
    TEXT("scss", "text/x-scss"),
    TEXT("sh", "text/x-sh"),
    TEXT("sql", "text/x-sql"),
    LOOSE("srt", "application/x-subrip"),
    ACTIVE("svg", "image/svg+xml"),
    PACKED("svgz", "application/octet-stream"),
    TEXT("swift", "text/x-swift"),
    LOOSE("tar", "application/x-tar"),
    TEXT("tex", "text/x-tex"),
    PACKED("tif", "image/tiff"),
    PACKED("tiff", "image/tiff"),
    TEXT("toml", "text/x-toml"),
    TEXT("ts", "text/x-typescript"),
    TEXT("tsv", "text/tab-separated-values"),
    LOOSE("ttf", "font/ttf"),
    TEXT("txt", "text/plain"),
    TEXT("vtt", "text/vtt"),
    LOOSE("wasm", "application/wasm"),
    PACKED("wav", "audio/wav"),
    PACKED("weba", "audio/webm"),
    PACKED("webm", "video/webm"),
    LOOSE("webmanifest", "application/manifest+json"),
    PACKED("webp", "image/webp"),
    PACKED("woff", "font/woff"),
    PACKED("woff2", "font/woff2"),
    ACTIVE("xhtml", "application/xhtml+xml"),
    PACKED("xls", "application/vnd.ms-excel"),
    PACKED("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ACTIVE("xml", "application/xml"),
    ACTIVE("xsl", "application/xml"),
    LOOSE("yaml", "application/yaml"),
    LOOSE("yml", "application/yaml"),
    PACKED("zip", "application/zip"),
    PACKED("zst", "application/zstd"),
};

enum { TYPE_COUNT = sizeof types / sizeof *types, EXTENSION_MAX = 16 };

static const struct mime unknown = PACKED("", "application/octet-stream");

/* Files without an extension that are text by custom, read by whoever looks at a deck's source. */
static const struct mime plain_text = TEXT("", "text/plain");

static bool is_text_by_name(struct span name)
{
    static const char *const names[] = {"license", "licence", "copying",  "authors",
                                        "notice",  "readme",  "makefile", "dockerfile"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_is_nocase(name, names[i]))
            return true;
    return false;
}

static int compare(const void *key, const void *item)
{
    return strcmp(key, ((const struct mime *)item)->extension);
}

const struct mime *mime_find(struct span name)
{
    char extension[EXTENSION_MAX + 1];
    const struct mime *found;
    size_t dot = name.len, slash = name.len;

    while (slash > 0 && name.data[slash - 1] != '/')
        slash--;
    name = span_from(name, slash);
    dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return is_text_by_name(name) ? &plain_text : &unknown;
    if (name.len - dot > EXTENSION_MAX)
        return &unknown;
    for (size_t i = dot; i < name.len; i++) {
        char c = name.data[i];

        extension[i - dot] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    extension[name.len - dot] = '\0';
    found = bsearch(extension, types, TYPE_COUNT, sizeof *types, compare);
    return found ? found : &unknown;
}

const struct mime *mime_table(size_t *ret_count)
{
    *ret_count = TYPE_COUNT;
    return types;
}
