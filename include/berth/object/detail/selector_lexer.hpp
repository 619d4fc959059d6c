#pragma once

/// \file
/// The words of a label selector's text (apimachinery 1.36, `labels/selector.go`).

#include <berth/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object::detail {

enum class token_kind : std::uint8_t {
    end,
    open,
    close,
    comma,
    bang,
    equals,
    double_equals,
    not_equals,
    greater,
    less,
    in,
    not_in,
    identifier,
};

struct selector_token {
    token_kind kind;
    std::string text;
};

/// The tokens of a text; the last one, and only it, is the end. A NUL ends the text like Kubernetes' scanner.
[[nodiscard]] BERTH_DECL auto selector_tokens(std::string_view text) -> std::vector<selector_token>;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/selector_lexer.ipp>
#endif
