#pragma once

/// \file
/// What a filter says about one node: `accept`, `reject("reason")`, or `rule_out("reason")`.
///
/// Verdicts form two monoids. `a & b` accepts when both do and otherwise keeps every reason and the
/// harsher grade; its identity is `accept`. `a | b` accepts when either does and otherwise keeps
/// every reason and the milder grade. Both are associative, and commutative up to the order of the
/// reasons.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// How far a node is from being acceptable, from good to bad.
enum class grade : std::uint8_t {
    accepted,  ///< the node will do
    rejected,  ///< not now: it might do if other tasks left it (kube-scheduler: Unschedulable)
    ruled_out, ///< no departure of other tasks would help (kube-scheduler: UnschedulableAndUnresolvable)
};

/// A reason that outlives every verdict, so that keeping it costs nothing: a literal, or a text
/// declared lasting.
class literal_reason {
public:
    consteval literal_reason(char const* reason) : text_(reason) {} // NOLINT(google-explicit-constructor)

    /// A text that the caller keeps as long as any verdict may live: an interned string, a static
    /// name.
    static constexpr auto lasting(std::string_view text) -> literal_reason { return literal_reason(text, 0); }

    [[nodiscard]] constexpr auto text() const -> std::string_view { return text_; }

private:
    constexpr literal_reason(std::string_view text, int) : text_(text) {}

    std::string_view text_;
};

/// A reason composed at run time. It is copied into the verdict.
template <class S>
concept composed_reason = std::is_same_v<S, std::string> || std::is_same_v<S, std::string_view>;

/// A grade and, unless accepted, the reasons. Neither accepting nor up to two literal reasons
/// allocate; all other reasons live apart, so that a verdict without them is moved and dropped in a
/// few instructions.
class verdict {
public:
    /// Accepts.
    constexpr verdict() = default;
    /// Refuses with one reason that is known at compile time.
    constexpr verdict(grade g, literal_reason reason)
        : literals_{reason.text(), {}}, grade_(g), literal_count_(1) {}
    /// Refuses without a word.
    constexpr explicit verdict(grade g) : grade_(g) {}
    /// Refuses with one reason that was composed at run time.
    constexpr verdict(grade g, std::string reason)
        : composed_(new std::vector<std::string>{std::move(reason)}), grade_(g) {}

    constexpr verdict(verdict&& other) noexcept
        : literals_(other.literals_),
          composed_(std::exchange(other.composed_, nullptr)),
          grade_(other.grade_),
          literal_count_(other.literal_count_),
          about_task_(other.about_task_) {}
    constexpr verdict(verdict const& other)
        : literals_(other.literals_),
          composed_(other.composed_ == nullptr ? nullptr : copy(*other.composed_)),
          grade_(other.grade_),
          literal_count_(other.literal_count_),
          about_task_(other.about_task_) {}
    constexpr auto operator=(verdict other) noexcept -> verdict& {
        literals_ = other.literals_;
        std::swap(composed_, other.composed_);
        grade_ = other.grade_;
        literal_count_ = other.literal_count_;
        about_task_ = other.about_task_;
        return *this;
    }
    constexpr ~verdict() {
        if (composed_ != nullptr) drop(composed_);
    }

    [[nodiscard]] constexpr auto accepted() const -> bool { return grade_ == grade::accepted; }
    [[nodiscard]] constexpr auto how() const -> grade { return grade_; }

    /// The number of reasons: 0 when accepted.
    [[nodiscard]] constexpr auto reason_count() const -> std::size_t {
        return literal_count_ + (composed_ == nullptr ? 0 : composed_->size());
    }

    /// The `i`-th reason, in the order in which they were found. Valid as long as the verdict
    /// lives.
    [[nodiscard]] constexpr auto reason(std::size_t i) const -> std::string_view {
        return i < literal_count_ ? literals_[i] : std::string_view{(*composed_)[i - literal_count_]};
    }

    /// All reasons, separated by commas.
    [[nodiscard]] constexpr auto text() const -> std::string {
        auto out = std::string{};
        for (std::size_t i = 0; i < reason_count(); ++i) {
            if (i > 0) out += ", ";
            out += reason(i);
        }
        return out;
    }

    /// The same verdict, marked as speaking of the task itself: it holds on every node for the same
    /// cause, so a summary tells it once instead of counting nodes.
    [[nodiscard]] constexpr auto about_the_task() && -> verdict {
        about_task_ = !accepted();
        return std::move(*this);
    }
    [[nodiscard]] constexpr auto is_about_the_task() const -> bool { return about_task_; }

    /// Both: a node must please `a` and `b`. All reasons are kept.
    friend constexpr auto operator&(verdict a, verdict const& b) -> verdict { return std::move(a &= b); }
    constexpr auto operator&=(verdict const& other) -> verdict& {
        join(other);
        if (other.grade_ > grade_) grade_ = other.grade_;
        return *this;
    }

    /// Either: it is enough to please `a` or `b`. All reasons are kept when neither is pleased.
    friend constexpr auto operator|(verdict a, verdict const& b) -> verdict {
        if (a.accepted() || b.accepted()) return {};
        a.join(b);
        if (b.grade_ < a.grade_) a.grade_ = b.grade_;
        a.about_task_ = a.about_task_ && b.about_task_;
        return a;
    }

    /// Equal grade and equal reasons in the same order.
    friend constexpr auto operator==(verdict const& a, verdict const& b) -> bool {
        if (a.grade_ != b.grade_ || a.reason_count() != b.reason_count()) return false;
        for (std::size_t i = 0; i < a.reason_count(); ++i) {
            if (a.reason(i) != b.reason(i)) return false;
        }
        return true;
    }

private:
    using texts = std::vector<std::string>;

    // Apart and not inlined: what is rare must not make the usual case large.
    [[gnu::cold, gnu::noinline]] static constexpr auto drop(texts* composed) noexcept -> void {
        delete composed;
    }
    [[gnu::cold, gnu::noinline]] static constexpr auto copy(texts const& composed) -> texts* {
        return new texts(composed);
    }
    constexpr auto join(verdict const& other) -> void {
        for (std::size_t i = 0; i < other.literal_count_; ++i) {
            if (composed_ == nullptr && literal_count_ < literals_.size()) {
                literals_[literal_count_++] = other.literals_[i];
            } else {
                append(std::string(other.literals_[i]));
            }
        }
        for (std::size_t i = 0; other.composed_ != nullptr && i < other.composed_->size(); ++i)
            append((*other.composed_)[i]);
        about_task_ = about_task_ || other.about_task_;
    }
    constexpr auto append(std::string reason) -> void {
        if (composed_ == nullptr) composed_ = new texts;
        composed_->push_back(std::move(reason));
    }

    std::array<std::string_view, 2> literals_{};
    texts* composed_ = nullptr; ///< reasons beyond the literal ones; owned
    grade grade_ = grade::accepted;
    std::uint8_t literal_count_ = 0;
    bool about_task_ = false;
};

/// The node will do.
inline constexpr verdict accept{};

/// The node will not do now; it might if other tasks left it.
[[nodiscard]] constexpr auto reject(literal_reason reason) -> verdict { return {grade::rejected, reason}; }
template <composed_reason S> [[nodiscard]] constexpr auto reject(S reason) -> verdict {
    return {grade::rejected, std::string(std::move(reason))};
}

/// The node will never do for this task, whoever leaves it.
[[nodiscard]] constexpr auto rule_out(literal_reason reason) -> verdict { return {grade::ruled_out, reason}; }
/// The same without a word: the node is none of those that the task names, and no summary counts it.
[[nodiscard]] constexpr auto rule_out() -> verdict { return verdict(grade::ruled_out); }
template <composed_reason S> [[nodiscard]] constexpr auto rule_out(S reason) -> verdict {
    return {grade::ruled_out, std::string(std::move(reason))};
}

} // namespace berth::schedule
