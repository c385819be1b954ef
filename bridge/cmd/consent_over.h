/* cmd/consent_over.h: what a family agreed to until some time ends then by itself. Loop thread. */
#pragma once

struct school;

/* Once a second; looks every few. From the moment itself nothing is allowed on it any more (consent_stands()); here it is written down, told,
 * and who came in on it leaves. */
void consent_over_tick(struct school *school);
