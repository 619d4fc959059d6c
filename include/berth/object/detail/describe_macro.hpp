#pragma once

/// \file
/// The macro that describes a struct; `reflect.hpp` says what it is for.

// The macro: an element of its list is (member) or (member, .option = value, ...). A chain of macros is
// several times cheaper than rescanning until nothing is left to expand.
#define BERTH_DETAIL_MEMBER(member_name, ...)                                                                \
    visitor.member(#member_name, &berth_described::member_name,                                              \
                   __builtin_offsetof(berth_described, member_name)                                          \
                       __VA_OPT__(, ::berth::object::field_options{__VA_ARGS__}))
#define BERTH_DETAIL_F1(x) BERTH_DETAIL_MEMBER x
#define BERTH_DETAIL_F2(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F1(__VA_ARGS__)
#define BERTH_DETAIL_F3(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F2(__VA_ARGS__)
#define BERTH_DETAIL_F4(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F3(__VA_ARGS__)
#define BERTH_DETAIL_F5(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F4(__VA_ARGS__)
#define BERTH_DETAIL_F6(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F5(__VA_ARGS__)
#define BERTH_DETAIL_F7(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F6(__VA_ARGS__)
#define BERTH_DETAIL_F8(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F7(__VA_ARGS__)
#define BERTH_DETAIL_F9(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F8(__VA_ARGS__)
#define BERTH_DETAIL_F10(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F9(__VA_ARGS__)
#define BERTH_DETAIL_F11(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F10(__VA_ARGS__)
#define BERTH_DETAIL_F12(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F11(__VA_ARGS__)
#define BERTH_DETAIL_F13(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F12(__VA_ARGS__)
#define BERTH_DETAIL_F14(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F13(__VA_ARGS__)
#define BERTH_DETAIL_F15(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F14(__VA_ARGS__)
#define BERTH_DETAIL_F16(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F15(__VA_ARGS__)
#define BERTH_DETAIL_F17(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F16(__VA_ARGS__)
#define BERTH_DETAIL_F18(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F17(__VA_ARGS__)
#define BERTH_DETAIL_F19(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F18(__VA_ARGS__)
#define BERTH_DETAIL_F20(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F19(__VA_ARGS__)
#define BERTH_DETAIL_F21(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F20(__VA_ARGS__)
#define BERTH_DETAIL_F22(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F21(__VA_ARGS__)
#define BERTH_DETAIL_F23(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F22(__VA_ARGS__)
#define BERTH_DETAIL_F24(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F23(__VA_ARGS__)
#define BERTH_DETAIL_F25(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F24(__VA_ARGS__)
#define BERTH_DETAIL_F26(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F25(__VA_ARGS__)
#define BERTH_DETAIL_F27(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F26(__VA_ARGS__)
#define BERTH_DETAIL_F28(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F27(__VA_ARGS__)
#define BERTH_DETAIL_F29(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F28(__VA_ARGS__)
#define BERTH_DETAIL_F30(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F29(__VA_ARGS__)
#define BERTH_DETAIL_F31(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F30(__VA_ARGS__)
#define BERTH_DETAIL_F32(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F31(__VA_ARGS__)
#define BERTH_DETAIL_F33(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F32(__VA_ARGS__)
#define BERTH_DETAIL_F34(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F33(__VA_ARGS__)
#define BERTH_DETAIL_F35(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F34(__VA_ARGS__)
#define BERTH_DETAIL_F36(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F35(__VA_ARGS__)
#define BERTH_DETAIL_F37(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F36(__VA_ARGS__)
#define BERTH_DETAIL_F38(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F37(__VA_ARGS__)
#define BERTH_DETAIL_F39(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F38(__VA_ARGS__)
#define BERTH_DETAIL_F40(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F39(__VA_ARGS__)
#define BERTH_DETAIL_F41(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F40(__VA_ARGS__)
#define BERTH_DETAIL_F42(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F41(__VA_ARGS__)
#define BERTH_DETAIL_F43(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F42(__VA_ARGS__)
#define BERTH_DETAIL_F44(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F43(__VA_ARGS__)
#define BERTH_DETAIL_F45(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F44(__VA_ARGS__)
#define BERTH_DETAIL_F46(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F45(__VA_ARGS__)
#define BERTH_DETAIL_F47(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F46(__VA_ARGS__)
#define BERTH_DETAIL_F48(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F47(__VA_ARGS__)
#define BERTH_DETAIL_F49(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F48(__VA_ARGS__)
#define BERTH_DETAIL_F50(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F49(__VA_ARGS__)
#define BERTH_DETAIL_F51(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F50(__VA_ARGS__)
#define BERTH_DETAIL_F52(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F51(__VA_ARGS__)
#define BERTH_DETAIL_F53(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F52(__VA_ARGS__)
#define BERTH_DETAIL_F54(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F53(__VA_ARGS__)
#define BERTH_DETAIL_F55(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F54(__VA_ARGS__)
#define BERTH_DETAIL_F56(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F55(__VA_ARGS__)
#define BERTH_DETAIL_F57(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F56(__VA_ARGS__)
#define BERTH_DETAIL_F58(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F57(__VA_ARGS__)
#define BERTH_DETAIL_F59(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F58(__VA_ARGS__)
#define BERTH_DETAIL_F60(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F59(__VA_ARGS__)
#define BERTH_DETAIL_F61(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F60(__VA_ARGS__)
#define BERTH_DETAIL_F62(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F61(__VA_ARGS__)
#define BERTH_DETAIL_F63(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F62(__VA_ARGS__)
#define BERTH_DETAIL_F64(x, ...) BERTH_DETAIL_MEMBER x, BERTH_DETAIL_F63(__VA_ARGS__)
#define BERTH_DETAIL_CHAIN(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18,  \
                           a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, a33, a34,   \
                           a35, a36, a37, a38, a39, a40, a41, a42, a43, a44, a45, a46, a47, a48, a49, a50,   \
                           a51, a52, a53, a54, a55, a56, a57, a58, a59, a60, a61, a62, a63, a64, n, ...)     \
    BERTH_DETAIL_F##n
#define BERTH_DETAIL_EACH(...)                                                                               \
    BERTH_DETAIL_CHAIN(__VA_ARGS__, 64, 63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47,  \
                       46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26,   \
                       25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3,  \
                       2, 1)                                                                                 \
    (__VA_ARGS__)

/// Describes a struct, in its body: its type, its schema name (may be ""), and its members in the order in
/// which JSON shows them; 64 at most. A member `::berth::object::unknown_fields unknown` is not named: it
/// keeps what the description does not know. Gives the struct `==`.
// That is a template so that a unit makes the table of a type when it uses the type, not when it includes it.
#define BERTH_DESCRIBE(type, schema, ...)                                                                    \
    using berth_described = type;                                                                            \
    [[maybe_unused]] static constexpr std::string_view berth_schema = schema;                                \
    template <class Visitor> static constexpr auto berth_members([[maybe_unused]] Visitor visitor) {         \
        return visitor(__VA_OPT__(BERTH_DETAIL_EACH(__VA_ARGS__)));                                          \
    }                                                                                                        \
    template <class Berth = type> [[nodiscard]] auto operator==(type const& berth_other) const->bool {       \
        return ::berth::object::detail::equal(::berth::object::detail::info_of<Berth>(), this,               \
                                              &berth_other);                                                 \
    }

/// \def BERTH_DECL_TABLE
/// Stands in the body of a struct whose table the `.ipp` beside its header makes, with `BERTH_TABLE(type);`:
/// in separate compilation one unit has it. Without, each unit that uses the type makes it, all the same.
/// \def BERTH_TABLE
/// See `BERTH_DECL_TABLE`.
#if defined(BERTH_SEPARATE_COMPILATION)
#define BERTH_DECL_TABLE static ::berth::object::type_info const berth_table
#define BERTH_TABLE(type)                                                                                    \
    constinit ::berth::object::type_info const type::berth_table = ::berth::object::detail::describe<type>()
#else
#define BERTH_DECL_TABLE static_assert(true)
#define BERTH_TABLE(type) static_assert(true)
#endif
