#pragma once

/// \file
/// A text that is seldom there, or the same in many objects: eight bytes in its struct.

#include <berth/core/config.hpp>
#include <berth/object/boxed.hpp>

#include <compare>
#include <concepts>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::object {

/// A text as a member of a struct, where a `std::string` would mostly be empty or hold what all others hold:
/// it reads as one, and in JSON, protobuf and OpenAPI it is one. Empty, it costs a pointer; texts of an
/// `any_object` are the same ones in its copies (see `boxed`). It is replaced as a whole.
class rare_text {
public:
    rare_text() noexcept = default;
    explicit rare_text(std::string text) : text_(boxed_unless_empty(std::move(text))) {}
    explicit rare_text(std::string_view text) : rare_text(std::string(text)) {}
    rare_text(char const* text) : rare_text(std::string(text)) {}
    template <class T>
        requires std::constructible_from<std::string, T> && (!std::same_as<std::remove_cvref_t<T>, rare_text>)
    auto operator=(T&& text) -> rare_text& {
        text_ = boxed_unless_empty(std::string(std::forward<T>(text)));
        return *this;
    }

    [[nodiscard]] auto empty() const noexcept -> bool { return !text_.has_value(); }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return str().size(); }
    [[nodiscard]] BERTH_DECL auto str() const noexcept -> std::string const&;
    auto clear() noexcept -> void { text_.reset(); }

    operator std::string const&() const noexcept { return str(); }
    operator std::string_view() const noexcept { return str(); }

    friend auto operator==(rare_text const& a, rare_text const& b) noexcept -> bool {
        return a.str() == b.str();
    }
    friend auto operator<=>(rare_text const& a, rare_text const& b) noexcept -> std::strong_ordering {
        return a.str() <=> b.str();
    }
    template <std::convertible_to<std::string_view> T>
    friend auto operator==(rare_text const& a, T const& b) noexcept -> bool {
        return std::string_view(a.str()) == static_cast<std::string_view>(b);
    }
    friend auto operator+(std::string a, rare_text const& b) -> std::string {
        return std::move(a += b.str());
    }
    friend auto operator+(rare_text const& a, std::string_view b) -> std::string {
        return std::string(a.str()).append(b);
    }

    template <class Traits>
    friend auto operator<<(std::basic_ostream<char, Traits>& out, rare_text const& t)
        -> std::basic_ostream<char, Traits>& {
        return out << t.str();
    }

private:
    BERTH_DECL static auto boxed_unless_empty(std::string text) -> boxed<std::string>;

    boxed<std::string> text_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/rare_text.ipp>
#endif
