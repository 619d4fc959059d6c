#pragma once

/// \file
/// The bodies of `berth/kube/core/pod/security/policy.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/security/policy.hpp>
#include <berth/kube/meta/validation.hpp>

#include <charconv>
#include <optional>

namespace berth::kube::detail {

inline constexpr std::string_view security_label_prefix = "pod-security.kubernetes.io/";

inline auto read_security_level(std::string_view text) -> std::optional<security_level> {
    if (text == "privileged") return security_level::privileged;
    if (text == "baseline") return security_level::baseline;
    if (text == "restricted") return security_level::restricted;
    return std::nullopt;
}

/// `latest` or `v1.x`.
inline auto read_security_version(std::string_view text) -> std::optional<std::int32_t> {
    if (text == "latest") return security_demand::latest;
    if (!text.starts_with("v1.")) return std::nullopt;
    auto const digits = text.substr(3);
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    auto minor = std::int32_t{0};
    auto const end = digits.data() + digits.size();
    auto const read = std::from_chars(digits.data(), end, minor);
    if (read.ec != std::errc() || read.ptr != end || minor < 0 || digits.front() == '-') return std::nullopt;
    return minor;
}

/// One of the three demands, and which of its parts the labels say.
class demand_reader {
public:
    demand_reader(object::string_map const& labels, field_errors& errors)
        : labels_(labels), errors_(errors) {}

    auto read(std::string const& mode, security_level if_wrong) -> security_demand {
        auto out = security_demand();
        auto const metadata = field_path("metadata");
        auto const at = metadata.child("labels");
        auto const level_label = std::string(security_label_prefix) + mode;
        auto const version_label = level_label + "-version";
        auto const* const level = labels_.find(level_label);
        auto const* const version = labels_.find(version_label);
        says_level = level != nullptr;
        says_version = version != nullptr;
        if (says_level) {
            auto const known = read_security_level(*level);
            out.level = known.value_or(if_wrong);
            if (!known)
                errors_.invalid(at.key(level_label), *level,
                                "must be one of privileged, baseline, restricted");
        }
        if (says_version) {
            auto const known = read_security_version(*version);
            out.minor = known.value_or(security_demand::latest);
            if (!known) errors_.invalid(at.key(version_label), *version, R"(must be "latest" or "v1.x")");
        }
        return out;
    }

    bool says_level = false;
    bool says_version = false;

private:
    object::string_map const& labels_;
    field_errors& errors_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto security_demand::to_string() const -> std::string {
    constexpr std::string_view levels[] = {"privileged", "baseline", "restricted"};
    auto const version = minor == latest ? std::string("latest") : "v1." + std::to_string(minor);
    return std::string(levels[static_cast<std::size_t>(level)]) + ":" + version;
}

BERTH_DECL auto security_policy_of(object::string_map const& labels, api::field_errors& errors)
    -> security_policy {
    auto out = security_policy();
    auto reader = detail::demand_reader(labels, errors);
    out.enforce = reader.read("enforce", security_level::restricted);
    auto const enforces = reader.says_level;
    auto const follow = [&](std::string const& mode) {
        auto demand = reader.read(mode, security_level::privileged);
        if (!enforces || reader.says_level) return demand;
        demand.level = out.enforce.level; // what is refused is told of too
        if (!reader.says_version) demand.minor = out.enforce.minor;
        return demand;
    };
    out.audit = follow("audit");
    out.warn = follow("warn");
    return out;
}

} // namespace berth::kube
