/* chat/signin/device.h: phones, the people who share them, and their PINs, inside a store job.
 *
 * A device is a browser that holds a second cookie of its own, which stays when a session ends. A profile is a person who signed in on it
 * by invitation: they come back with their PIN. A PIN has six figures and is worth nothing alone: it is only ever asked together with a
 * device's secret or an invitation.
 */
#pragma once

#include "base/arena.h"
#include "base/token.h"
#include "proto/shape.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

enum { PIN_FIGURES = 6 };

/* Six figures, and none of the handful that everybody tries first: one figure six times, or 123456 and the like. */
bool pin_is_well_formed(const char *pin);
bool pin_is_too_easy(const char *pin);

/* The hash (secret/proof.h) of a person's PIN; *ret is in the arena. -ENOENT: they have none. */
int pin_get(struct tx *tx, struct arena *a, int64_t person, const char **ret);
int pin_put(struct tx *tx, int64_t person, const char *hash);

/* Returns the device's id, above 0, or an error. */
int64_t device_add(struct tx *tx, const struct token_hash *hash);

/* Returns its id, or -ENOENT. */
int64_t device_find(struct tx *tx, const struct token_hash *hash);

/* A person is of this device from now on. */
int profile_add(struct tx *tx, int64_t device, int64_t person);

/* 0, or -ENOENT: not of this device, or not of the school any more. */
int profile_there(struct tx *tx, int64_t device, int64_t person);

/* Forgets the person on this device: a new invitation brings them back. */
int profile_remove(struct tx *tx, int64_t device, int64_t person);

/* The people of a device, the first one first; at most a dozen. */
int profile_list(struct tx *tx, struct arena *a, int64_t device, struct many_person *ret);
