#pragma once

/// \file
/// Scores: named preferences among the nodes that passed the filter, joined by `w * s` and `s + t`.
///
/// The primitive of a score is a **column**: the points of all surviving nodes at once, because
/// normalisation needs them together. A leaf is one of
/// * pointwise: `(task const&, node const&) -> number`;
/// * pointwise, then normalised: the same with a normalisation as second argument of
///   `score<"name">`, or a member `normalize(std::span<points>)`, which rewrites the column (see
///   `normalize.hpp`);
/// * a column: `(task const&, candidates<node>, std::span<points> column) -> void`, which fills the
///   column (all zeros before),
///
/// each with its prepared state as last argument if it has one (see `leaf.hpp`). More points are
/// better.
///
/// Laws (`laws.hpp`): scores are pure; `+` is commutative and associative, weights distribute over
/// it, `1 * s` is `s`. They hold exactly as long as points times weights are whole numbers below
/// 2^53, else up to rounding.

#include <berth/schedule/filter.hpp>
#include <berth/schedule/leaf.hpp>
#include <berth/schedule/name.hpp>

#include <concepts>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace berth::schedule {

/// What a score gives: more is better, negative is allowed, not-a-number counts as the worst.
using points = double;

template <class S, class T> struct score_sum;
template <class S> struct score_scaled;

/// A type that opted in to be a score. Whether it can score given types is asked by `score_for`.
template <class S>
concept score_expression = std::is_base_of_v<is_score, std::remove_cvref_t<S>>;

/// What may stand before `*`: any number but a truth value.
template <class W>
concept weight = std::is_arithmetic_v<W> && !std::same_as<W, bool>;

namespace detail {
template <class... X>
concept no_filter = !(filter_expression<X> || ...);
} // namespace detail

/// The opt-in: deriving from it makes a type a score and brings `+` and `*`.
struct is_score {
    template <score_expression S, score_expression T>
    friend constexpr auto operator+(S s, T t) -> score_sum<S, T> {
        return {{}, std::move(s), std::move(t)};
    }
    template <weight W, score_expression S> friend constexpr auto operator*(W w, S s) -> score_scaled<S> {
        return {{}, static_cast<points>(w), std::move(s)};
    }

    // clang-format off
    template <class S, class T>
        requires(detail::no_filter<S, T> && score_expression<S> != score_expression<T>)
    friend auto operator+(S, T) = delete; // `+` adds scores; a constant prefers no node
    template <class W, class S> requires((!weight<W> || !score_expression<S>) && detail::no_filter<W, S>)
    friend auto operator*(W, S) = delete; // scores are linear: a number times a score, 3 * roomy
    template <class S, class T> requires(detail::no_filter<S, T>)
    friend auto operator and(S, T) = delete; // `and` joins filters; scores are added: s + t
    // clang-format on
};

/// A normalisation: rewrites a column of points in place.
template <class N>
concept normalization = requires(N const& normalize, std::span<points> column) { normalize(column); };

/// A callable with a name: what `score<"name">(callable)` returns.
template <literal Name, class F, detail::declaration... Declared> struct named_score : is_score {
    using callable_type = F;
    using declared = detail::declarations<Declared...>;
    static constexpr std::string_view name = Name.view();

    [[no_unique_address]] F callable;
};

/// A pointwise callable and a normalisation of its column, with a name.
template <literal Name, class F, class Normalize, detail::declaration... Declared>
struct normalized_score : is_score {
    using callable_type = F;
    using declared = detail::declarations<Declared...>;
    static constexpr std::string_view name = Name.view();

    [[no_unique_address]] F callable;
    [[no_unique_address]] Normalize normalize;
};

/// A named struct as a score: what `score(leaf)` returns.
template <named S> struct score_leaf : is_score {
    using callable_type = S;
    static constexpr std::string_view name = S::name;

    [[no_unique_address]] S callable;
};

namespace detail {
template <class F>
concept answers_number_or_unknown =
    std::same_as<typename returned<F>::type, void> ||
    (std::is_arithmetic_v<typename returned<F>::type> && !std::same_as<typename returned<F>::type, bool>);
} // namespace detail

/// Names a callable and makes it a score. The callable may be a lambda, a function or a function
/// object.
template <literal Name, detail::declaration... Declared, class F>
[[nodiscard]] constexpr auto score(F callable) -> named_score<Name, F, Declared...> {
    constexpr auto good = detail::answers_number_or_unknown<F>;
    static_assert(good, "a score returns a number (more is better), or fills a column and returns nothing");
    return {{}, std::move(callable)};
}

/// Names a pointwise callable whose column is normalised over the surviving nodes.
template <literal Name, detail::declaration... Declared, class F, normalization Normalize>
[[nodiscard]] constexpr auto score(F callable, Normalize normalize)
    -> normalized_score<Name, F, Normalize, Declared...> {
    constexpr auto good = detail::answers_number_or_unknown<F>;
    static_assert(good, "a normalised score returns a number for each node");
    return {{}, std::move(callable), std::move(normalize)};
}

/// Makes a struct with a static name a score: `score(prefer_zone{.zone = 1})`, or
/// `score<prefer_zone>({.zone = 1})`.
template <named S> [[nodiscard]] constexpr auto score(S leaf) -> score_leaf<S> {
    return {{}, std::move(leaf)};
}

/// The score of a profile that has none: every node is as good as any other.
struct indifference : is_score {
    static constexpr std::string_view name = "no preference";

    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const -> points {
        return 0;
    }
};

/// The sum of two scores.
template <class S, class T> struct score_sum : is_score {
    using compound = void;
    [[no_unique_address]] S left;
    [[no_unique_address]] T right;

    static constexpr auto describe_into(std::string& out, score_sum const* self, detail::binding around)
        -> void {
        detail::enclose(out, around > detail::binding::sum, [&] {
            detail::describe_into(out, &self->left, detail::binding::sum);
            out += " + ";
            detail::describe_into(out, &self->right, detail::binding::sum);
        });
    }
};

namespace detail {
/// A weight as people write it: "3", "0.5".
inline auto append_number(std::string& out, points value) -> void {
    char text[32];
    auto const length = std::snprintf(text, sizeof text, "%.10g", value);
    out.append(text, static_cast<std::size_t>(length));
}
} // namespace detail

/// A score times a weight.
template <class S> struct score_scaled : is_score {
    using compound = void;
    points weight;
    [[no_unique_address]] S inner;

    static auto describe_into(std::string& out, score_scaled const* self, detail::binding) -> void {
        detail::append_number(out, self->weight);
        out += " * ";
        detail::describe_into(out, &self->inner, detail::binding::product);
    }
};

/// The score in words, as it was composed: "3 * roomy + prefer zone".
template <score_expression S> [[nodiscard]] auto describe(S const& s) -> std::string {
    return detail::words_of(s);
}

} // namespace berth::schedule
