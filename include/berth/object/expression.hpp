#pragma once

/// \file
/// Regular expressions as Kubernetes has them (Go's `regexp`, whose syntax is RE2's): matching takes time
/// linear in the text, whatever the expression.

#include <berth/core/config.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace berth::object {

/// A compiled expression, cheap to copy; it may be used by several threads at once. Matching is linear in the
/// text, compiling in the expression; memory is bounded.
class expression {
public:
    /// Compiles an expression; `problem` says whether that worked.
    explicit expression(std::string_view pattern);

    /// What is wrong with the expression, in the words of Go's parser; empty if nothing is.
    [[nodiscard]] auto problem() const -> std::string const& { return problem_; }
    /// Whether some part of a text matches. An expression with a problem matches nothing.
    [[nodiscard]] auto matches(std::string_view text) const -> bool;

private:
    std::shared_ptr<void const> compiled_; ///< null if there is a problem
    std::string problem_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/expression.ipp>
#endif
