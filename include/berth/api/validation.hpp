#pragma once

/// \file
/// What is wrong with an object, field by field (apimachinery 1.36, `util/validation/field`).

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/encode.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

/// The path of a field, e.g. `spec.containers[0].ports[1].name`. A path refers to its parent, which must
/// outlive it: name the parents that are used more than once. Its text is made only when there is something
/// to say.
class field_path {
public:
    constexpr explicit field_path(std::string_view root) : name_(root) {}

    /// The path of a member.
    [[nodiscard]] constexpr auto child(std::string_view name) const& -> field_path {
        return {this, name, no_index};
    }
    /// The path of an element of a list.
    [[nodiscard]] constexpr auto index(std::size_t n) const& -> field_path {
        return {this, {}, static_cast<std::ptrdiff_t>(n)};
    }
    /// The path of an entry of a map.
    [[nodiscard]] constexpr auto key(std::string_view k) const& -> field_path { return {this, k, map_key}; }

    [[nodiscard]] auto to_string() const -> std::string;

private:
    static constexpr std::ptrdiff_t no_index = -1;
    static constexpr std::ptrdiff_t map_key = -2;

    constexpr field_path(field_path const* parent, std::string_view name, std::ptrdiff_t index)
        : parent_(parent), name_(name), index_(index) {}

    field_path const* parent_ = nullptr;
    std::string_view name_;
    std::ptrdiff_t index_ = no_index;
};

/// A value as error messages show it: text in quotes, numbers and truth values bare, anything else given as
/// text.
class shown_value {
public:
    shown_value(std::string_view text)
        : text_(object::detail::go_quoted(text)) {}                               // NOLINT(google-explicit-*)
    shown_value(std::string const& text) : shown_value(std::string_view(text)) {} // NOLINT(google-explicit-*)
    shown_value(char const* text) : shown_value(std::string_view(text)) {}        // NOLINT(google-explicit-*)
    shown_value(bool b) : text_(b ? "true" : "false") {}                          // NOLINT(google-explicit-*)
    shown_value(std::int64_t n);                                                  // NOLINT(google-explicit-*)
    shown_value(std::int32_t n);                                                  // NOLINT(google-explicit-*)
    /// Text that is shown as it is, e.g. JSON.
    static auto bare(std::string text) -> shown_value;
    /// An absent value.
    static auto null() -> shown_value { return bare("null"); }
    /// A described value as its JSON.
    template <object::described T> static auto json(T const& value) -> shown_value {
        return bare(object::to_json_text(value));
    }
    /// A list of texts as JSON; an empty one is `null`.
    static auto list(std::vector<std::string> const& texts) -> shown_value;
    [[nodiscard]] auto text() const -> std::string const& { return text_; }

private:
    std::string text_;
};

/// The list of complaints about an object. It keeps the first of them, within bounds of number and of text,
/// and counts the others, so that what is wrong a million times over makes no million sentences.
/// (kube-apiserver keeps them all.)
class field_errors {
public:
    static constexpr std::size_t most = 1'000;             ///< complaints that are kept
    static constexpr std::size_t most_text = 1024U * 1024; ///< bytes of those before the last one

    auto required(field_path const& at, std::string_view why = {}) -> void;
    auto invalid(field_path const& at, shown_value const& value, std::string_view why) -> void;
    /// A refusal that does not tell the value.
    auto invalid(field_path const& at, std::string_view why) -> void;
    auto duplicate(field_path const& at, shown_value const& value, std::string_view why = {}) -> void;
    auto forbidden(field_path const& at, std::string_view why) -> void;
    auto not_found(field_path const& at, shown_value const& value, std::string_view why = {}) -> void;
    auto type_invalid(field_path const& at, shown_value const& value, std::string_view why) -> void;
    /// The supported values are told in the order given.
    auto not_supported(field_path const& at, shown_value const& value,
                       std::span<std::string_view const> supported) -> void;
    auto not_supported(field_path const& at, shown_value const& value,
                       std::initializer_list<std::string_view> supported) -> void {
        not_supported(at, value, std::span(supported.begin(), supported.size()));
    }
    /// `limit` in bytes.
    auto too_long(field_path const& at, std::int64_t limit) -> void;
    /// `limit` in elements.
    auto too_many(field_path const& at, std::int64_t actual, std::int64_t limit) -> void;
    auto internal(field_path const& at, std::string_view why) -> void;
    auto add(std::string_view reason, field_path const& at, std::string message) -> void;
    /// One `invalid` for each sentence, as the checks of names give them.
    auto invalid_all(field_path const& at, shown_value const& value,
                     std::vector<std::string> const& sentences) -> void {
        for (auto const& s : sentences) invalid(at, value, s);
    }

    [[nodiscard]] auto empty() const -> bool { return causes_.empty(); }
    /// How many there were, kept or not.
    [[nodiscard]] auto size() const -> std::size_t { return causes_.size() + left_out_; }
    /// Whether those to come are only counted.
    [[nodiscard]] auto full() const -> bool { return causes_.size() >= most || text_ >= most_text; }
    /// Those that are kept.
    [[nodiscard]] auto causes() const -> std::vector<error_cause> const& { return causes_; }

    /// The refusal of an object of a kind. The list is empty afterwards.
    [[nodiscard]] auto refuse(std::string_view group, std::string_view kind, std::string_view name)
        -> std::unexpected<error>;

private:
    static auto with_colon(std::string_view why) -> std::string;
    auto leave_out() -> void { ++left_out_; }

    std::vector<error_cause> causes_;
    std::size_t text_ = 0;
    std::size_t left_out_ = 0;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/validation.ipp>
#endif
