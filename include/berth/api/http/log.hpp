#pragma once

/// \file
/// The `log` subresource of pods: what is asked for, whose log it is, and where it comes from
/// (Kubernetes 1.36, `PodLogOptions`, `registry/core/pod/strategy.go`).

#include <berth/api/http/parameters.hpp>
#include <berth/object/any_object.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// Which part of which container's log is wanted.
struct log_request {
    std::string namespace_;
    std::string pod;
    std::string uid; ///< of the pod
    std::string container;
    std::string node; ///< where the pod runs
    bool follow = false;
    bool previous = false;   ///< of the container's run before this one
    bool timestamps = false; ///< begin each line with its time
    std::optional<std::int64_t> tail_lines;
    std::optional<std::int64_t> limit_bytes;
    std::optional<std::int64_t> since_seconds;
    std::string since_time;   ///< RFC 3339; empty: from the beginning
    std::uint64_t offset = 0; ///< 0: begin as the members above say; else go on where the last part ended
};

/// A part of a log.
struct log_part {
    std::string text;
    std::uint64_t next = 0; ///< the offset to go on from; not 0
    bool finished = true;   ///< nothing will be added any more; only a log that is followed looks at it
};

/// Where logs come from: reads what there is now and does not wait for more. Called from the server's
/// threads. Errors: e.g. `bad_request` for a container that has not started, in the words of the one who runs
/// it.
using log_source = std::function<result<log_part>(log_request const&)>;

namespace detail {

/// The member of a record at a path of names, and its type; both null if it is absent.
struct member {
    object::type_info const* type = nullptr;
    void const* value = nullptr;

    [[nodiscard]] auto find(std::string_view name) const -> member {
        if (type == nullptr || type->form != object::shape::record) return {};
        auto const* f = type->field(name);
        if (f == nullptr) return {};
        auto out = member{&f->type(), f->in(value)};
        while (out.type->form == object::shape::optional) {
            if (out.type->size(out.value) == 0) return {};
            out = {&out.type->element(), out.type->at(out.value, 0)};
        }
        return out;
    }
    [[nodiscard]] auto text() const -> std::string {
        auto const is_text = type != nullptr && type->form == object::shape::text;
        return is_text ? *static_cast<std::string const*>(value) : std::string();
    }
    [[nodiscard]] auto elements() const -> std::vector<member> {
        auto out = std::vector<member>();
        if (type == nullptr || type->form != object::shape::list) return out;
        for (std::size_t i = 0; i < type->size(value); ++i)
            out.push_back({&type->element(), type->at(value, i)});
        return out;
    }
};

inline auto container_names(member const& spec, std::string_view list) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : spec.find(list).elements()) out.push_back(c.find("name").text());
    return out;
}

/// The container that is meant, or why it is not clear.
inline auto choose_container(std::string const& pod, member const& spec, std::string asked)
    -> result<std::string> {
    auto const names = container_names(spec, "containers");
    if (asked.empty()) {
        if (names.size() == 1) return names.front();
        auto message = "a container name must be specified for pod " + pod;
        for (std::size_t i = 0; i < names.size(); ++i)
            message += (i == 0 ? ", choose one of: [" : " ") + names[i];
        return bad_request(names.empty() ? message : message + "]");
    }
    for (auto const* list : {"containers", "initContainers", "ephemeralContainers"})
        for (auto const& name : container_names(spec, list))
            if (name == asked) return asked;
    return bad_request("container " + asked + " is not valid for pod " + pod);
}

inline auto check_log_numbers(log_request const& r) -> result<void> {
    auto causes = std::vector<error_cause>();
    auto const check = [&](std::string field, std::optional<std::int64_t> value, std::int64_t least,
                           std::string_view must) {
        if (!value || *value >= least) return;
        causes.push_back({"FieldValueInvalid",
                          "Invalid value: " + std::to_string(*value) + ": " + std::string(must),
                          std::move(field)});
    };
    check("tailLines", r.tail_lines, 0, "must be greater than or equal to 0");
    check("limitBytes", r.limit_bytes, 1, "must be greater than 0");
    check("sinceSeconds", r.since_seconds, 1, "must be greater than 0");
    if (r.since_seconds && !r.since_time.empty())
        causes.push_back({"FieldValueForbidden",
                          "Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified", ""});
    if (!causes.empty()) return invalid("", "PodLogOptions", r.pod, std::move(causes));
    return {};
}

} // namespace detail

/// What a request for a pod's log asks for. An empty `node` in the answer means that the pod runs nowhere yet
/// and its log is empty. Errors: `bad_request`, `invalid`.
[[nodiscard]] inline auto read_log_request(query const& q, object::any_object const& pod)
    -> result<log_request> {
    auto const& m = pod.metadata();
    auto out = log_request{};
    out.namespace_ = m.namespace_;
    out.pod = m.name;
    out.uid = m.uid;
    for (auto const& [name, into] :
         {std::pair{"tailLines", &out.tail_lines}, std::pair{"limitBytes", &out.limit_bytes},
          std::pair{"sinceSeconds", &out.since_seconds}}) {
        auto const value = integer_parameter(q, name);
        if (!value) return std::unexpected(value.error());
        *into = *value;
    }
    out.follow = q.flag("follow").value_or(false);
    out.previous = q.flag("previous").value_or(false);
    out.timestamps = q.flag("timestamps").value_or(false);
    out.since_time = q.text("sinceTime");
    if (auto ok = detail::check_log_numbers(out); !ok) return std::unexpected(std::move(ok).error());
    auto const spec = detail::member{&pod.type(), pod.data()}.find("spec");
    auto container = detail::choose_container(m.name, spec, q.text("container"));
    if (!container) return std::unexpected(std::move(container).error());
    out.container = *std::move(container);
    out.node = spec.find("nodeName").text();
    return out;
}

} // namespace berth::api::http
