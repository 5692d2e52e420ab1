/*
 * descriptors: how many files and sockets the process may have open.
 *
 * Every client needs a descriptor, some need another one for a file, and a few are needed for
 * everything else. The kernel gives the lowest free number, so one at or above the ceiling means
 * that hardly any is left: it is given back, and the client told to try again. So whatever
 * clients do, there is always one to accept the next with.
 */
#pragma once

#include "base/err.h"

/*
 * Raises the process's limit as far as `connections` ask for and the system lets us. Returns how
 * many connections there is room for, with a warning that says the mend where that is fewer.
 */
unsigned descriptors_settle(unsigned connections, struct err_list *errs, int *ret_ceiling);
