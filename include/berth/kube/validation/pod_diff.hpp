#pragma once

/// \file
/// What changed in a pod spec, line by line, as kube-apiserver 1.36 tells it when it refuses the change.

#include <berth/kube/types/pod_spec.hpp>
#include <berth/kube/validation/internal_value.hpp>

#include <algorithm>
#include <array>

namespace berth::kube::detail {

/// The members of pod specs in the order of the server's internal type, under their names in JSON.
inline constexpr std::array<std::string_view, 36> internal_pod_spec = {"volumes",
                                                                       "initContainers",
                                                                       "containers",
                                                                       "ephemeralContainers",
                                                                       "restartPolicy",
                                                                       "terminationGracePeriodSeconds",
                                                                       "activeDeadlineSeconds",
                                                                       "dnsPolicy",
                                                                       "nodeSelector",
                                                                       "serviceAccountName",
                                                                       "automountServiceAccountToken",
                                                                       "nodeName",
                                                                       "securityContext",
                                                                       "imagePullSecrets",
                                                                       "hostname",
                                                                       "subdomain",
                                                                       "setHostnameAsFQDN",
                                                                       "affinity",
                                                                       "schedulerName",
                                                                       "tolerations",
                                                                       "hostAliases",
                                                                       "priorityClassName",
                                                                       "priority",
                                                                       "preemptionPolicy",
                                                                       "dnsConfig",
                                                                       "readinessGates",
                                                                       "runtimeClassName",
                                                                       "overhead",
                                                                       "enableServiceLinks",
                                                                       "topologySpreadConstraints",
                                                                       "os",
                                                                       "schedulingGates",
                                                                       "resourceClaims",
                                                                       "resources",
                                                                       "hostnameOverride",
                                                                       "schedulingGroup"};

/// Members of the pod spec that the internal type keeps in the security context.
inline constexpr std::array<std::string_view, 5> internal_security_context = {
    "hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"};

inline auto append_internal_member(std::string& out, object::type_info const& type, void const* record,
                                   std::string_view name) -> void {
    auto const* f = type.field(name);
    ((out += '"') += internal_name(name)) += "\":";
    append_internal(out, f->type(), f->in(record));
}

inline auto append_internal_security(std::string& out, pod_spec const& spec) -> void {
    out += "\"SecurityContext\":{";
    for (auto const name : internal_security_context) {
        append_internal_member(out, object::type_of<pod_spec>(), &spec, name);
        out += ',';
    }
    auto const none = pod_security_context();
    auto const& context = spec.security_context ? *spec.security_context : none;
    auto const& type = object::type_of<pod_security_context>();
    for (std::size_t i = 0; i < type.fields.size(); ++i) {
        if (i != 0) out += ',';
        append_internal_member(out, type, &context, type.fields[i].name);
    }
    out += '}';
}

/// A pod spec as JSON of the server's internal type.
inline auto internal_json(pod_spec const& spec) -> std::string {
    auto out = std::string("{");
    for (auto const name : internal_pod_spec) {
        if (out.size() > 1) out += ',';
        if (name == "securityContext") append_internal_security(out, spec);
        else append_internal_member(out, object::type_of<pod_spec>(), &spec, name);
    }
    return out += '}';
}

/// JSON text in lines, each level one blank deeper.
inline auto json_lines(std::string_view json) -> std::vector<std::string> {
    auto lines = std::vector<std::string>(1);
    auto depth = std::size_t{0};
    auto quoted = false;
    auto const next_line = [&] { lines.emplace_back(depth, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        auto const c = json[i];
        if (quoted) {
            lines.back() += c;
            if (c == '\\') lines.back() += json[++i];
            else if (c == '"') quoted = false;
            continue;
        }
        if (c == '"') quoted = true;
        auto const closes = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
        if ((c == '{' || c == '[') && closes) {
            (lines.back() += c) += json[++i];
        } else if (c == '{' || c == '[') {
            lines.back() += c;
            ++depth;
            next_line();
        } else if (c == '}' || c == ']') {
            --depth;
            next_line();
            lines.back() += c;
        } else {
            lines.back() += c;
            if (c == ',') next_line();
            if (c == ':') lines.back() += ' ';
        }
    }
    return lines;
}

/// A run of lines that differ: `[from, to)` of the old ones is replaced by `[new_from, new_to)` of the new
/// ones.
struct line_change {
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t new_from = 0;
    std::size_t new_to = 0;
};

/// The changes that leave the most lines as they are.
inline auto line_changes(std::vector<std::string> const& a, std::vector<std::string> const& b)
    -> std::vector<line_change> {
    auto head = std::size_t{0};
    while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
    auto tail = std::size_t{0};
    while (tail < a.size() - head && tail < b.size() - head &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    auto const rows = a.size() - head - tail;
    auto const columns = b.size() - head - tail;
    // common[i][k]: the most lines that the i last and the k last of the middle have in common.
    auto common = std::vector<std::uint32_t>((rows + 1) * (columns + 1));
    auto const at = [&](std::size_t i, std::size_t k) -> std::uint32_t& {
        return common[i * (columns + 1) + k];
    };
    for (auto i = rows; i-- > 0;)
        for (auto k = columns; k-- > 0;)
            at(i, k) =
                a[head + i] == b[head + k] ? at(i + 1, k + 1) + 1 : std::max(at(i + 1, k), at(i, k + 1));
    auto out = std::vector<line_change>();
    auto i = std::size_t{0};
    auto k = std::size_t{0};
    while (i < rows || k < columns) {
        if (i < rows && k < columns && a[head + i] == b[head + k]) {
            ++i;
            ++k;
            continue;
        }
        auto change = line_change{head + i, head + i, head + k, head + k};
        while ((i < rows || k < columns) && !(i < rows && k < columns && a[head + i] == b[head + k])) {
            if (k == columns || (i < rows && at(i + 1, k) >= at(i, k + 1))) ++i;
            else ++k;
        }
        change.to = head + i;
        change.new_to = head + k;
        out.push_back(change);
    }
    return out;
}

/// Changes in the form of `diff -u`, without names of files.
inline auto unified(std::vector<std::string> const& a, std::vector<std::string> const& b) -> std::string {
    constexpr auto context = std::size_t{3};
    auto const changes = line_changes(a, b);
    auto out = std::string();
    auto const range = [](std::size_t from, std::size_t to) {
        auto const n = to - from;
        auto text = std::to_string(n == 0 ? from : from + 1);
        return n == 1 ? text : text + "," + std::to_string(n);
    };
    auto const lines = [&](char sign, std::vector<std::string> const& from, std::size_t begin,
                           std::size_t end) {
        for (auto i = begin; i < end; ++i) ((out += sign) += from[i]) += '\n';
    };
    for (std::size_t first = 0; first < changes.size();) {
        auto last = first;
        while (last + 1 < changes.size() && changes[last + 1].from - changes[last].to <= 2 * context) ++last;
        auto const lead = std::min(context, changes[first].from);
        auto const trail = std::min(context, a.size() - changes[last].to);
        out += "@@ -" + range(changes[first].from - lead, changes[last].to + trail) + " +" +
               range(changes[first].new_from - lead, changes[last].new_to + trail) + " @@\n";
        auto shown = changes[first].from - lead;
        for (auto i = first; i <= last; ++i) {
            lines(' ', a, shown, changes[i].from);
            lines('-', a, changes[i].from, changes[i].to);
            lines('+', b, changes[i].new_from, changes[i].new_to);
            shown = changes[i].to;
        }
        lines(' ', a, shown, shown + trail);
        first = last + 1;
    }
    return out;
}

/// What changed from one spec to the other.
inline auto spec_difference(pod_spec const& before, pod_spec const& now) -> std::string {
    return unified(json_lines(internal_json(before)), json_lines(internal_json(now)));
}

} // namespace berth::kube::detail
