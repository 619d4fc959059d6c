#pragma once

/// \file
/// The bodies of `berth/object/expression.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/expression.hpp>

#include <re2/re2.h>

namespace berth::object::detail {

/// What Go's `regexp/syntax` says of a kind of mistake.
inline auto go_words(RE2::ErrorCode code) -> std::string_view {
    switch (code) {
    case RE2::ErrorBadEscape: return "invalid escape sequence";
    case RE2::ErrorBadCharClass: return "invalid character class";
    case RE2::ErrorBadCharRange: return "invalid character class range";
    case RE2::ErrorMissingBracket: return "missing closing ]";
    case RE2::ErrorMissingParen: return "missing closing )";
    case RE2::ErrorUnexpectedParen: return "unexpected )";
    case RE2::ErrorTrailingBackslash: return "trailing backslash at end of expression";
    case RE2::ErrorRepeatArgument: return "missing argument to repetition operator";
    case RE2::ErrorRepeatSize: return "invalid repeat count";
    case RE2::ErrorRepeatOp: return "invalid nested repetition operator";
    case RE2::ErrorBadPerlOp: return "invalid or unsupported Perl syntax";
    case RE2::ErrorBadUTF8: return "invalid UTF-8";
    case RE2::ErrorBadNamedCapture: return "invalid named capture";
    case RE2::ErrorPatternTooLarge: return "expression too large";
    default: return "regexp/syntax: internal error";
    }
}

/// What an expression may take, with what it remembers of texts: enough for nearly all, and enough for the
/// largest that are of use (a class of all letters, 250 times). Go takes still larger ones.
inline constexpr std::int64_t usual_bytes = std::int64_t{8} << 20U;
inline constexpr std::int64_t most_bytes = std::int64_t{32} << 20U;

inline auto compiled(std::string_view pattern, std::int64_t bytes) -> std::shared_ptr<RE2 const> {
    auto options = RE2::Options(RE2::Quiet);
    options.set_max_mem(bytes);
    return std::make_shared<RE2 const>(re2::StringPiece(pattern.data(), pattern.size()), options);
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL expression::expression(std::string_view pattern) {
    auto made = detail::compiled(pattern, detail::usual_bytes);
    if (made->error_code() == RE2::ErrorPatternTooLarge) made = detail::compiled(pattern, detail::most_bytes);
    if (made->ok()) {
        compiled_ = std::move(made);
        return;
    }
    problem_ = "error parsing regexp: ";
    problem_ += detail::go_words(made->error_code());
    auto const whole = made->error_code() == RE2::ErrorMissingParen;
    auto const part = whole ? std::string(pattern) : made->error_arg();
    if (made->error_code() == RE2::ErrorTrailingBackslash) (problem_ += ": ``");
    else if (!part.empty()) ((problem_ += ": `") += part) += '`';
}

BERTH_DECL auto expression::matches(std::string_view text) const -> bool {
    if (compiled_ == nullptr) return false;
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()),
                             *static_cast<RE2 const*>(compiled_.get()));
}

} // namespace berth::object
