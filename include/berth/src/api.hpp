#pragma once

/// \file
/// The bodies of `api`, for one unit of a program in separate compilation.

// It has none: all of it is templates.
