#pragma once

/// \file
/// Header-only, or compiled once. By default every header brings all of its bodies with it. Where
/// `BERTH_SEPARATE_COMPILATION` is defined, in *all* units of a program, headers only declare what is no
/// template, and one unit includes `<berth/src.hpp>` (or some units a file below `<berth/src/>` each), which
/// has the bodies.

/// \def BERTH_DECL
/// Stands before each function whose body lies in the `.ipp` beside its header.
#if defined(BERTH_SEPARATE_COMPILATION)
#define BERTH_DECL
#else
#define BERTH_DECL inline
#endif

// Two modes in one program would break the one-definition rule, and nothing would say so. Hence linkers are
// made to refuse it, by a name that says why: units of separate compilation need a symbol of `src.hpp`, and
// beside it is another one, of which header-only units have a definition too (in a group, so that they agree
// among themselves; a variable that is `inline` would be weak, and give way in silence).
#if defined(BERTH_SEPARATE_COMPILATION)
namespace berth {
extern char const separate_compilation_needs_src_hpp_in_one_unit;
[[gnu::used]] inline constinit char const* const separate_compilation =
    &separate_compilation_needs_src_hpp_in_one_unit;
} // namespace berth
#elif defined(__ELF__)
#define BERTH_DETAIL_MODE "_ZN5berth55this_program_mixes_header_only_and_separate_compilationE"
asm(".pushsection .rodata.berth_mode,\"aG\",%progbits,berth_header_only,comdat\n"
    ".globl " BERTH_DETAIL_MODE "\n"
    ".type " BERTH_DETAIL_MODE ",%object\n"
    ".size " BERTH_DETAIL_MODE ",1\n" //
    BERTH_DETAIL_MODE ": .byte 0\n"
    ".popsection");
#undef BERTH_DETAIL_MODE
#endif
