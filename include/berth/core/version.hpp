#pragma once

/// \file
/// Which version of Berth this is, for the preprocessor. `meson.build` has the same (`tests/run frame/tidy`).

/// \def BERTH_VERSION_MAJOR
/// While it is the same, programs that use what is public go on compiling; before 1.0, while the minor
/// version is.
#define BERTH_VERSION_MAJOR 0
/// \def BERTH_VERSION_MINOR
/// Grows when something is added or deprecated.
#define BERTH_VERSION_MINOR 19
/// \def BERTH_VERSION_PATCH
/// Grows when something is mended.
#define BERTH_VERSION_PATCH 1

/// \def BERTH_VERSION
/// All three in one number that can be compared: of 1.2.3 it is 10203.
#define BERTH_VERSION (BERTH_VERSION_MAJOR * 10000 + BERTH_VERSION_MINOR * 100 + BERTH_VERSION_PATCH)
