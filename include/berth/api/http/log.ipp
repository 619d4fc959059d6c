#pragma once

/// \file
/// The bodies of `berth/api/http/log.hpp`.

#include <berth/api/http/log.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto member::find(std::string_view name) const -> member {
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

BERTH_DECL auto member::elements() const -> std::vector<member> {
    auto out = std::vector<member>();
    if (type == nullptr || type->form != object::shape::list) return out;
    for (std::size_t i = 0; i < type->size(value); ++i) out.push_back({&type->element(), type->at(value, i)});
    return out;
}

BERTH_DECL auto container_names(member const& spec, std::string_view list) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : spec.find(list).elements()) out.push_back(c.find("name").text());
    return out;
}

BERTH_DECL auto choose_container(std::string const& pod, member const& spec, std::string asked)
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

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto read_log_request(query const& q, object::any_object const& pod) -> result<log_request> {
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
