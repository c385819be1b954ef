/* cmd/file_sweep.h: once in some seconds, deletes what is left of files that were withdrawn, or never sent. Loop thread. */
#pragma once

struct school;

void file_sweep_tick(struct school *school);
