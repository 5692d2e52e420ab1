#include "conf/reveal_option.h"

#include <string.h>

/* What Reveal.initialize takes (reveal.js 6, js/config). */
static const char *const names[] = {"autoAnimate",
                                    "autoAnimateDuration",
                                    "autoAnimateEasing",
                                    "autoAnimateMatcher",
                                    "autoAnimateStyles",
                                    "autoAnimateUnmatched",
                                    "autoPlayMedia",
                                    "autoSlide",
                                    "autoSlideMethod",
                                    "autoSlideStoppable",
                                    "backgroundTransition",
                                    "center",
                                    "controls",
                                    "controlsBackArrows",
                                    "controlsLayout",
                                    "controlsTutorial",
                                    "defaultTiming",
                                    "dependencies",
                                    "disableLayout",
                                    "display",
                                    "embedded",
                                    "focusBodyOnPageVisibilityChange",
                                    "fragmentInURL",
                                    "fragments",
                                    "hash",
                                    "hashOneBasedIndex",
                                    "height",
                                    "help",
                                    "hideCursorTime",
                                    "hideInactiveCursor",
                                    "history",
                                    "jumpToSlide",
                                    "keyboard",
                                    "keyboardCondition",
                                    "loop",
                                    "margin",
                                    "maxScale",
                                    "minScale",
                                    "mobileViewDistance",
                                    "mouseWheel",
                                    "navigationMode",
                                    "overview",
                                    "parallaxBackgroundHorizontal",
                                    "parallaxBackgroundImage",
                                    "parallaxBackgroundPosition",
                                    "parallaxBackgroundRepeat",
                                    "parallaxBackgroundSize",
                                    "parallaxBackgroundVertical",
                                    "pause",
                                    "pdfMaxPagesPerSlide",
                                    "pdfPageHeightOffset",
                                    "pdfSeparateFragments",
                                    "postMessage",
                                    "postMessageEvents",
                                    "preloadIframes",
                                    "preventIframeAutoFocus",
                                    "previewLinks",
                                    "progress",
                                    "respondToHashChanges",
                                    "rtl",
                                    "scrollActivationWidth",
                                    "scrollLayout",
                                    "scrollProgress",
                                    "scrollSnap",
                                    "showHiddenSlides",
                                    "showNotes",
                                    "showSlideNumber",
                                    "shuffle",
                                    "slideNumber",
                                    "sortFragmentsOnSync",
                                    "totalTime",
                                    "touch",
                                    "transition",
                                    "transitionSpeed",
                                    "view",
                                    "viewDistance",
                                    "width"};
enum { NAME_COUNT = sizeof names / sizeof *names };

bool reveal_option_exists(const char *name)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

void reveal_option_check(const struct node *options, struct err_list *errs)
{
    for (size_t i = 0; i < options->count; i++) {
        const struct node *value = options->items[i];
        struct nearest nearest;

        if (reveal_option_exists(options->keys[i]))
            continue;
        nearest_init(&nearest, options->keys[i]);
        reveal_option_offer(&nearest);
        if (nearest.best)
            err_add(errs, SEVERITY_WARNING, value->file, value->key_line, value->key_column,
                    "`%s`: did you mean `%s`?", options->keys[i], nearest.best);
    }
}

void reveal_option_offer(struct nearest *nearest)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        nearest_offer(nearest, names[i]);
}
