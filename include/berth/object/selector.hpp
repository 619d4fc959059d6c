#pragma once

/// \file
/// Label selectors: which sets of labels are meant. Text form, structured form and matching are those of
/// Kubernetes (apimachinery 1.36, `labels/selector.go` and `meta/v1/helpers.go`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/selector_lexer.hpp>
#include <berth/object/detail/small_sort.hpp>
#include <berth/object/names.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// How a requirement relates a label's key to its values.
enum class selector_operator : std::uint8_t {
    in,
    not_in,
    equals,        ///< written `=`
    double_equals, ///< written `==`, means the same
    not_equals,
    exists,
    does_not_exist,
    greater_than, ///< the label's value as a number
    less_than,
};

/// Anything that is looked up by key: `find(key)` answers a pointer to a text, or null.
template <class L>
concept label_map = requires(L const& labels, std::string_view key) {
    { *labels.find(key) } -> std::convertible_to<std::string_view>;
    { labels.find(key) == nullptr } -> std::convertible_to<bool>;
};

/// Any range of pairs of key and value, such as `std::map<std::string, std::string>`.
template <class L>
concept label_range = requires(L const& labels) {
    { labels.begin()->first } -> std::convertible_to<std::string_view>;
    { labels.begin()->second } -> std::convertible_to<std::string_view>;
    { labels.begin() != labels.end() } -> std::convertible_to<bool>;
};

namespace detail {

template <label_map L>
[[nodiscard]] constexpr auto looked_up(L const& labels, std::string_view key)
    -> std::optional<std::string_view> {
    auto const* const value = labels.find(key);
    return value == nullptr ? std::nullopt : std::optional(std::string_view(*value));
}

} // namespace detail

/// What a selector can be asked about. Models: `dictionary<std::string>`, a map, a vector or array of pairs.
template <class L>
concept label_set = label_map<L> || label_range<L>;

/// The value of a label in any set of labels, or nothing. A few labels are searched one by one even where
/// they can be looked up: most keys differ in length, so that this is faster than a binary search.
template <label_set L>
[[nodiscard]] constexpr auto label_of(L const& labels, std::string_view key)
    -> std::optional<std::string_view> {
    constexpr auto few = std::size_t{16};
    if constexpr (label_map<L> && label_range<L> && requires { labels.size(); })
        if (labels.size() > few) return detail::looked_up(labels, key);
    if constexpr (label_range<L>) {
        for (auto const& entry : labels)
            if (std::string_view(entry.first) == key) return std::string_view(entry.second);
        return std::nullopt;
    } else {
        return detail::looked_up(labels, key);
    }
}

/// One condition on the label `key`. Made by `requirement::make`, which checks it.
struct requirement {
    std::string key;
    selector_operator op = selector_operator::exists;
    std::vector<std::string> values;

    /// A requirement, checked: the form of key and values, and how many values the operator takes.
    /// Errors: `bad_request`, in the words of Kubernetes.
    [[nodiscard]] static auto make(std::string key, selector_operator op, std::vector<std::string> values)
        -> result<requirement>;

    template <label_set L> [[nodiscard]] auto matches(L const& labels) const -> bool {
        return accepts(label_of(labels, key));
    }
    /// Whether the label's value (nothing if the label is absent) is acceptable.
    [[nodiscard]] auto accepts(std::optional<std::string_view> value) const -> bool;
    auto append_to(std::string& out) const -> void;

    friend auto operator==(requirement const&, requirement const&) -> bool = default;
};

/// A conjunction of requirements. A default-made selector matches everything; `nothing()` matches nothing,
/// not even an empty set. Matching looks each required key up once and allocates nothing.
class selector {
public:
    selector() = default;

    [[nodiscard]] static auto everything() -> selector { return {}; }
    [[nodiscard]] static auto nothing() -> selector;
    /// The selector of exactly these labels, unchecked.
    template <label_range L> [[nodiscard]] static auto of_labels(L const& labels) -> selector {
        auto out = std::vector<requirement>();
        for (auto const& [key, value] : labels)
            out.push_back({std::string(key), selector_operator::equals, {std::string(value)}});
        return of(std::move(out));
    }
    /// The selector of these requirements, ordered by key.
    [[nodiscard]] static auto of(std::vector<requirement> requirements) -> selector;
    /// Reads the text form: `app=web,tier in (a,b),!old,n>3`. An empty text matches everything.
    /// Errors: `bad_request`, in the words of Kubernetes.
    [[nodiscard]] static auto parse(std::string_view text) -> result<selector>;

    template <label_set L> [[nodiscard]] auto matches(L const& labels) const -> bool {
        if (nothing_) return false;
        for (auto const& r : requirements_)
            if (!r.matches(labels)) return false;
        return true;
    }

    /// Whether it restricts nothing.
    [[nodiscard]] auto empty() const -> bool { return !nothing_ && requirements_.empty(); }
    /// Whether it is `nothing()`.
    [[nodiscard]] auto matches_nothing() const -> bool { return nothing_; }
    [[nodiscard]] auto requirements() const -> std::vector<requirement> const& { return requirements_; }
    /// The one value that the label must have, if there is one: what an index may use.
    [[nodiscard]] auto required_value(std::string_view key) const -> std::optional<std::string_view>;

    /// The text form: requirements ordered by key, values sorted. `nothing()` and everything are empty.
    [[nodiscard]] auto to_string() const -> std::string;

    friend auto operator==(selector const&, selector const&) -> bool = default;

private:
    std::vector<requirement> requirements_;
    bool nothing_ = false;
};

namespace detail {

/// The text of several field errors: the one, or all in brackets.
BERTH_DECL auto aggregated(std::vector<std::string> const& errors) -> std::string;

BERTH_DECL auto json_list(std::vector<std::string> const& values) -> std::string;

} // namespace detail

namespace detail {

/// A descent through the tokens of a selector's text.
class selector_parser {
public:
    explicit selector_parser(std::string_view text) : tokens_(selector_tokens(text)) {}

    auto parse() -> result<selector>;

private:
    using values = std::vector<std::string>;

    static auto refuse(std::string message) -> std::unexpected<error> {
        return fail(error_code::bad_request, std::move(message));
    }
    static auto is_identifier(selector_token const& t) -> bool {
        return t.kind == token_kind::identifier || t.kind == token_kind::in || t.kind == token_kind::not_in;
    }
    static auto starts_requirement(selector_token const& t) -> bool {
        return is_identifier(t) || t.kind == token_kind::bang;
    }
    auto peek() const -> selector_token const& { return tokens_[position_]; }
    /// The current token, which is passed; the last token, the end, is never passed.
    auto take() -> selector_token;

    auto parse_requirement() -> result<requirement>;

    auto parse_operator() -> result<selector_operator>;

    /// `(a,b)`; missing values are empty texts.
    auto parse_values() -> result<values>;

    auto parse_exact_value() -> result<values>;

    std::vector<selector_token> tokens_;
    std::size_t position_ = 0;
};

} // namespace detail

inline auto selector::parse(std::string_view text) -> result<selector> {
    return detail::selector_parser(text).parse();
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/selector.ipp>
#endif
