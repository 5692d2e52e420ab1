/* Memory of idle connections: given back where it is zeros and nothing else, and only there. */
#include "serve/idle.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

enum { SIZE = 16 * 1024, PAGE = 4096 };

static const uint64_t second = 1000000000;

/* Pages wholly in the block that have memory. */
static unsigned resident(char *block)
{
    char *first = block + (PAGE - (uintptr_t)block % PAGE) % PAGE;
    size_t count = (size_t)(block + SIZE - first) / PAGE;
    unsigned char pages[SIZE / PAGE];
    unsigned sum = 0;

    assert_int_equal(mincore(first, count * PAGE, pages), 0);
    for (size_t i = 0; i < count; i++)
        sum += pages[i] & 1;
    return sum;
}

static char *new_block(char fill)
{
    char *block = mem_alloc(SIZE);

    memset(block, fill, SIZE);
    return block;
}

/* One connection that had a request and waits; then a second later another one's request ends. */
static void wait_and_look(struct idle_list *list, struct idle *idle, const char *request)
{
    struct idle other = {0};

    idle_end(list, idle, request);
    idle_begin(list, idle, second);
    idle_begin(list, &other, 2 * second);
    assert_false(idle->listed);
}

static void gives_back_zeros(void **state)
{
    struct idle_list list = {.block_size = idle_block_size(SIZE)};
    char *blocks[8];

    (void)state;
    if (list.block_size == 0)
        skip(); /* another allocator: nothing is known of its blocks */
    for (int i = 0; i < 8; i++) {
        struct idle idle = {0};

        blocks[i] = new_block(0);
        assert_true(resident(blocks[i]) >= 3);
        wait_and_look(&list, &idle, blocks[i]);
        if (idle.memory) /* not at a page's border */
            assert_int_equal(resident(blocks[i]), 0);
        for (size_t j = 0; j < SIZE; j++)
            assert_int_equal(blocks[i][j], 0);
    }
    for (int i = 0; i < 8; i++)
        free(blocks[i]);
}

static void leaves_what_is_in_use(void **state)
{
    struct idle_list list = {.block_size = idle_block_size(SIZE)};
    struct idle idle = {0};
    char *block = new_block('x');

    (void)state;
    wait_and_look(&list, &idle, block);
    for (size_t j = 0; j < SIZE; j++)
        assert_int_equal(block[j], 'x');
    memset(block, 0, SIZE);
    wait_and_look(&list, &idle, block + 2); /* behind an empty line: not the block's beginning */
    assert_null(idle.memory);
    assert_true(resident(block) >= 3);
    free(block);
}

static void waits_before_it_gives_back(void **state)
{
    struct idle_list list = {.block_size = idle_block_size(SIZE)};
    struct idle idle = {0}, other = {0};
    char *block = new_block(0);

    (void)state;
    idle_end(&list, &idle, block);
    idle_begin(&list, &idle, second);
    idle_begin(&list, &other, second + second / 5);
    assert_int_equal(idle.listed, idle.memory != NULL);
    assert_true(resident(block) >= 3);
    idle_end(&list, &idle, block);
    assert_false(idle.listed);
    idle_begin(&list, &other, 9 * second);
    assert_true(resident(block) >= 3);
    free(block);
}

static void keeps_the_list_whole(void **state)
{
    struct idle_list list = {.block_size = 0};
    struct idle idles[5] = {0};
    char memory;

    (void)state;
    for (int i = 0; i < 5; i++) {
        idles[i].memory = &memory;
        idle_begin(&list, &idles[i], 1);
        idle_begin(&list, &idles[i], 1); /* once is enough */
    }
    idle_forget(&list, &idles[2]);
    idle_forget(&list, &idles[2]);
    idle_forget(&list, &idles[0]);
    idle_forget(&list, &idles[4]);
    assert_ptr_equal(list.first, &idles[1]);
    assert_ptr_equal(list.first->next, &idles[3]);
    assert_ptr_equal(list.last, &idles[3]);
    idle_forget(&list, &idles[1]);
    idle_forget(&list, &idles[3]);
    assert_null(list.first);
    assert_null(list.last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_back_zeros),
        cmocka_unit_test(leaves_what_is_in_use),
        cmocka_unit_test(waits_before_it_gives_back),
        cmocka_unit_test(keeps_the_list_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
