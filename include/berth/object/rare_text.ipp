#pragma once

/// \file
/// The bodies of `berth/object/rare_text.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/rare_text.hpp>

#include <utility>

namespace berth::object {

BERTH_DECL auto rare_text::str() const noexcept -> std::string const& {
    static auto const none = std::string();
    auto const* const text = text_.get();
    return text == nullptr ? none : *text;
}

BERTH_DECL auto rare_text::boxed_unless_empty(std::string text) -> boxed<std::string> {
    if (text.empty()) return {};
    text.shrink_to_fit();
    return boxed<std::string>(std::move(text));
}

} // namespace berth::object
