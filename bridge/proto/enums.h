#pragma once
#include "base/words.h"
