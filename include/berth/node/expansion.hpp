#pragma once

/// \file
/// `$(NAME)` in commands, arguments and variables of containers (Kubernetes 1.36,
/// `third_party/forked/golang/expansion`).

#include <string>
#include <string_view>

namespace berth::node {

/// Replaces `$(NAME)` by what `value_of(NAME)` points to; a name without a value stays as it is written, and
/// `$$` is a `$` that begins nothing. `value_of` takes a `string_view` and answers a pointer to a string or
/// null.
template <class ValueOf> [[nodiscard]] auto expand_variables(std::string_view text, ValueOf value_of)
    -> std::string {
    auto out = std::string();
    while (true) {
        auto const dollar = text.find('$');
        if (dollar == std::string_view::npos || dollar + 1 == text.size()) return out.append(text);
        out.append(text.substr(0, dollar));
        text.remove_prefix(dollar + 1);
        if (text.front() == '$') {
            out.push_back('$');
            text.remove_prefix(1);
            continue;
        }
        auto const end = text.front() == '(' ? text.find(')') : std::string_view::npos;
        if (end == std::string_view::npos) {
            out.push_back('$');
            continue;
        }
        auto const name = text.substr(1, end - 1);
        if (std::string const* value = value_of(name)) out.append(*value);
        else out.append("$(").append(name).append(")");
        text.remove_prefix(end + 1);
    }
}

} // namespace berth::node
