#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/validation/diff.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/validation/diff.hpp>

#include <algorithm>
#include <unordered_map>

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
    auto first = true;
    for (auto const& f : internal_order(type)) {
        if (!std::exchange(first, false)) out += ',';
        append_internal_member(out, type, &context, f.name);
    }
    out += '}';
}

BERTH_DECL auto internal_json(pod_spec const& spec) -> std::string {
    auto out = std::string("{");
    for (auto const name : internal_pod_spec) {
        if (out.size() > 1) out += ',';
        if (name == "securityContext") append_internal_security(out, spec);
        else append_internal_member(out, object::type_of<pod_spec>(), &spec, name);
    }
    return out += '}';
}

BERTH_DECL auto json_lines(std::string_view json) -> std::vector<std::string> {
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

/// Finds runs of equal lines as difflib of Python does (Ratcliff and Obershelp: the longest run first, then
/// what is before and behind it), since the differences that are told are made so.
class line_matcher {
public:
    line_matcher(std::vector<std::string> const& a, std::vector<std::string> const& b) : a_(a), b_(b) {
        for (std::size_t k = 0; k < b.size(); ++k) places_[b[k]].push_back(k);
        if (b.size() < 200) return;
        // Lines that are everywhere say nothing.
        for (auto& [line, places] : places_)
            if (places.size() > b.size() / 100 + 1) places.clear();
    }

    /// The runs, in order: where in the old lines, where in the new ones, how long.
    struct run {
        std::size_t a = 0;
        std::size_t b = 0;
        std::size_t size = 0;
    };
    auto runs() -> std::vector<run> {
        auto out = std::vector<run>();
        collect(0, a_.size(), 0, b_.size(), out);
        return out;
    }

private:
    auto collect(std::size_t a0, std::size_t a1, std::size_t b0, std::size_t b1, std::vector<run>& out)
        -> void {
        auto const best = longest(a0, a1, b0, b1);
        if (best.size == 0) return;
        collect(a0, best.a, b0, best.b, out);
        out.push_back(best);
        collect(best.a + best.size, a1, best.b + best.size, b1, out);
    }

    auto longest(std::size_t a0, std::size_t a1, std::size_t b0, std::size_t b1) -> run {
        auto best = run{a0, b0, 0};
        auto lengths = std::unordered_map<std::size_t, std::size_t>();
        for (auto i = a0; i < a1; ++i) {
            auto next = std::unordered_map<std::size_t, std::size_t>();
            auto const found = places_.find(a_[i]);
            for (auto const k : found == places_.end() ? std::vector<std::size_t>() : found->second) {
                if (k < b0 || k >= b1) continue;
                auto const before = k == 0 ? lengths.end() : lengths.find(k - 1);
                auto const size = next[k] = before == lengths.end() ? 1 : before->second + 1;
                if (size > best.size) best = {i + 1 - size, k + 1 - size, size};
            }
            lengths = std::move(next);
        }
        while (best.a > a0 && best.b > b0 && a_[best.a - 1] == b_[best.b - 1]) {
            --best.a;
            --best.b;
            ++best.size;
        }
        while (best.a + best.size < a1 && best.b + best.size < b1 &&
               a_[best.a + best.size] == b_[best.b + best.size])
            ++best.size;
        return best;
    }

    std::vector<std::string> const& a_;
    std::vector<std::string> const& b_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> places_;
};

inline auto line_changes(std::vector<std::string> const& a, std::vector<std::string> const& b)
    -> std::vector<line_change> {
    auto out = std::vector<line_change>();
    auto i = std::size_t{0};
    auto k = std::size_t{0};
    auto runs = line_matcher(a, b).runs();
    runs.push_back({a.size(), b.size(), 0});
    for (auto const& r : runs) {
        if (i < r.a || k < r.b) out.push_back({i, r.a, k, r.b});
        i = r.a + r.size;
        k = r.b + r.size;
    }
    return out;
}

BERTH_DECL auto unified(std::vector<std::string> const& a, std::vector<std::string> const& b) -> std::string {
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

} // namespace berth::kube::detail
