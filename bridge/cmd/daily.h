/* cmd/daily.h: what a server does by itself once a day. Loop thread. */
#pragma once

struct school;

/* Once a second: in the hour of the setting retention_hour, once a day (and once after a start in that hour), deletes what had its time. */
void daily_tick(struct school *school);
