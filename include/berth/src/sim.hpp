#pragma once

/// \file
/// The bodies of `sim`, for one unit of a program in separate compilation.

// It has none: all of it is templates.
