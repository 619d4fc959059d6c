#pragma once

/// \file
/// A text that is written once and read often: a copy does not allocate.

#include <berth/schedule/detail/shared_value.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::schedule {

/// A text that never changes: a lasting one, or one of its own that its copies share.
class shared_text {
public:
    /// Empty.
    shared_text() = default;
    /// A literal, which lasts.
    consteval shared_text(char const* literal) : text_(literal) {} // NOLINT(google-explicit-constructor)
    /// A text composed at run time, which it keeps.
    shared_text(std::string text) { // NOLINT(google-explicit-constructor)
        if (text.empty()) return;
        own_ = detail::shared_value(std::move(text));
        text_ = *own_.get();
    }
    /// A text that the caller keeps as long as any copy may live: a static name.
    static auto lasting(std::string_view text) -> shared_text {
        auto out = shared_text();
        out.text_ = text;
        return out;
    }

    /// Valid as long as it or a copy lives.
    [[nodiscard]] auto view() const -> std::string_view { return text_; }
    operator std::string_view() const { return text_; } // NOLINT(google-explicit-constructor)
    [[nodiscard]] auto str() const -> std::string { return std::string(text_); }
    [[nodiscard]] auto empty() const -> bool { return text_.empty(); }

    friend auto operator==(shared_text const& a, shared_text const& b) -> bool { return a.text_ == b.text_; }
    template <class Text>
        requires(std::is_convertible_v<Text const&, std::string_view> && !std::is_same_v<Text, shared_text>)
    friend auto operator==(shared_text const& a, Text const& b) -> bool {
        return a.text_ == std::string_view(b);
    }

private:
    std::string_view text_;
    detail::shared_value<std::string> own_; ///< null if the text lasts
};

} // namespace berth::schedule
