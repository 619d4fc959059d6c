#pragma once

/// \file
/// The bodies of `berth/kube/described/kinds.hpp`.

#include <berth/api/check_schema.hpp>
#include <berth/core/assert.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/reference.hpp>
#include <berth/kube/described/kinds.hpp>
#include <berth/kube/described/texts.hpp>
#include <berth/kube/meta/validation.hpp>
#include <berth/object/defaults.hpp>
#include <berth/object/field_path.hpp>
#include <berth/object/label_selector.hpp>
#include <berth/object/schema_text.hpp>

#include <deque>
#include <memory>

namespace berth::kube::detail {

/// What descriptions made of a text refer to.
struct described_group {
    object::written_schema written;
    std::optional<object::runtime_schema> schema;
    std::deque<object::resource_name> resources;
};

inline auto metadata_in(object::type_info const& type, void const* o) -> object::meta const& {
    return *reinterpret_cast<object::meta const*>(static_cast<char const*>(o) + type.metadata);
}

inline auto path_column(object::type_info const& type, object::written_kind::column const& c) -> api::column {
    auto out = api::column{.name = c.name, .priority = c.wide ? 1 : 0};
    out.value = [&type, path = object::field_path::parse(c.path).value()](void const* o,
                                                                          time_point) -> api::cell {
        auto const found = path.find(type, o);
        return found ? found->to_string() : std::string();
    };
    return out;
}

inline auto described_columns(object::type_info const& type, object::written_kind const& k)
    -> std::vector<api::column> {
    auto out = std::vector<api::column>();
    out.push_back(
        {.name = "Name",
         .value = [&type](void const* o, time_point) -> api::cell { return metadata_in(type, o).name; },
         .format = "name"});
    for (auto const& c : k.columns) out.push_back(path_column(type, c));
    out.push_back({.name = "Age", .value = [&type](void const* o, time_point now) -> api::cell {
                       return since(metadata_in(type, o).creation_timestamp, now);
                   }});
    return out;
}

/// Refuses changes of a member.
inline auto keep_member(object::field_info const& f)
    -> api::detail::hook<void(void const*, void const*, field_errors&)> {
    return [&f](void const* now, void const* before, field_errors& errors) {
        if (f.type().equal(f.in(now), f.in(before))) return;
        auto shown = std::string();
        object::append_json(shown, f.type(), f.in(now));
        errors.invalid(field_path(f.name), shown_value::bare(std::move(shown)), immutable);
    };
}

/// Fills in an object: members whose default is an empty record are there, and then the defaults in them.
inline auto complete_described(object::type_info const& type, void* o) -> void {
    for (auto const& f : type.fields)
        if (f.details->fallback == "{}" && f.type().size(f.in(o)) == 0) f.type().add(f.in(o), {});
    object::apply_defaults(type, o);
}

/// A way to write the status.
inline auto status_part(object::field_info const& status) -> api::subresource {
    using enum api::verb;
    return {"status", {get, patch, update}, nullptr, api::part{.name = "status", .member = &status}};
}

inline auto described_warning(object::written_kind const& k) -> std::string {
    return k.group + "/" + k.version + " " + k.kind + " is kept, and nothing in this cluster acts on it";
}

inline auto describe_kind(std::shared_ptr<described_group const> const& group,
                          object::written_kind const& written, object::resource_name const& resource)
    -> api::kind {
    auto const* const type = group->schema->find(written.schema);
    auto const has = [&](std::string_view option) { return written.options.contains(option); };
    auto k = api::kind();
    k.resource = &resource;
    k.type = type;
    k.owner = group;
    if (auto const found = written.options.find("short"); found != written.options.end())
        k.short_names = {found->second};
    if (has("generation")) k.generation = api::generation_rule::spec;
    k.returns_deleted = has("deleted");
    k.set_defaults = [type](void* o) { complete_described(*type, o); };
    k.validate = [type](void const* o, field_errors& errors) {
        api::check_schema(*type, o, field_path(""), errors);
    };
    auto kept = api::detail::hook<void(void const*, void const*, field_errors&)>();
    if (auto const found = written.options.find("fixed"); found != written.options.end())
        kept = keep_member(*type->field(found->second));
    k.validate_update = [type, kept](void const* now, void const* before, field_errors& errors) {
        api::check_schema(*type, now, field_path(""), errors);
        if (kept) kept(now, before, errors);
    };
    if (has("idle"))
        k.warnings = [why = described_warning(written)](void const*, void const*) {
            return std::vector{why};
        };
    k.columns = described_columns(*type, written);
    if (auto const* const status = type->field("status")) k.subresources.push_back(status_part(*status));
    k.complete();
    return k;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto kinds_of_text(std::string_view text) -> std::vector<api::kind> {
    object::type_info const* const known[] = {
        &object::type_of<object::meta>(),           &object::type_of<object::condition>(),
        &object::type_of<object::label_selector>(), &object::type_of<object_reference>(),
        &object::type_of<node_selector>(),          &object::type_of<persistent_volume_spec>()};
    auto group = std::make_shared<detail::described_group>();
    auto read = object::read_schema_text(text);
    BERTH_ASSERT_ABOUT(read.has_value(), "kinds_of_text: a text must be as read_schema_text wants it: ",
                       read.error().message.c_str());
    group->written = *std::move(read);
    auto described = object::describe(group->written, known);
    BERTH_ASSERT_ABOUT(described.has_value(), "kinds_of_text: each type must be in the text or known: ",
                       described.error().message.c_str());
    group->schema = *std::move(described);
    auto out = std::vector<api::kind>();
    for (auto const& k : group->written.kinds) {
        auto const& resource = group->resources.emplace_back(k.resource());
        out.push_back(detail::describe_kind(group, k, resource));
    }
    return out;
}

BERTH_DECL auto described_kinds() -> std::vector<api::kind> {
    auto out = std::vector<api::kind>();
    for (auto const text : detail::described_texts)
        for (auto& k : kinds_of_text(text)) out.push_back(std::move(k));
    return out;
}

} // namespace berth::kube
