#pragma once

/// \file
/// What tells separate compilation from header-only; see `berth/core/config.hpp`.

#include <berth/core/config.hpp>

#if !defined(BERTH_SEPARATE_COMPILATION)
#error "define BERTH_SEPARATE_COMPILATION in every unit of the program"
#endif

namespace berth {

extern char const separate_compilation_needs_src_hpp_in_one_unit = 0;
extern char const this_program_mixes_header_only_and_separate_compilation = 0;

} // namespace berth
