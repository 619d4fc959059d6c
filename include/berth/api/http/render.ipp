#pragma once

/// \file
/// The bodies of `berth/api/http/render.hpp`.

#include <berth/api/http/render.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto finish(std::string json, view const& v, unsigned status) -> response {
    auto out = response{};
    out.status = status;
    out.text = v.how.yaml ? yaml_from_json(json) : std::move(json);
    if (v.how.yaml) out.content_type = "application/yaml";
    return out;
}

BERTH_DECL auto metadata_of(object::object_ref const& ref) -> std::string {
    return list_metadata(ref.rev, {}, std::nullopt);
}

BERTH_DECL auto opening(object::resource_name const& r, std::string_view suffix) -> std::string {
    auto out = std::string("{\"kind\":\"");
    ((out += r.kind) += suffix) += "\",\"apiVersion\":\"";
    return (out += api_version(r)) += "\",";
}

/// Appends the objects of a list. As in Kubernetes, they do not repeat the kind that the list names.
inline auto append_items(std::string& out, kind const& of, std::vector<object::object_ref> const& items)
    -> void {
    auto const head = opening(*of.resource, "");
    auto size = out.size();
    for (auto const& item : items) size += encode(item).size() + 1;
    out.reserve(size + 2);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) out += ',';
        auto const text = std::string_view(encode(items[i]));
        if (!text.starts_with(head)) out += text;
        else (out += '{') += text.substr(head.size());
    }
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto render(view const& v, object::object_ref const& ref, unsigned status) -> result<response> {
    auto text = std::string();
    switch (v.how.as) {
    case transform::none: text = encode(ref); break;
    case transform::table:
        table(*v.of, v.now, v.rows).append(text, detail::metadata_of(ref), {&ref, 1});
        break;
    case transform::metadata: append_metadata(text, ref); break;
    case transform::metadata_list:
        return fail(error_code::not_acceptable,
                    "you requested PartialObjectMetadataList, but the requested object is not a list");
    }
    return detail::finish(std::move(text), v, status);
}

BERTH_DECL auto render(view const& v, object_list const& page) -> result<response> {
    auto text = std::string();
    auto const metadata = list_metadata(page.rev, page.continue_token, page.remaining);
    switch (v.how.as) {
    case transform::none:
        text = detail::opening(*v.of->resource, "List") + "\"metadata\":" + metadata + ",\"items\":[";
        detail::append_items(text, *v.of, page.items);
        text += "]}";
        break;
    case transform::table: table(*v.of, v.now, v.rows).append(text, metadata, page.items); break;
    case transform::metadata:
        return fail(error_code::not_acceptable,
                    "you requested PartialObjectMetadata, but the requested object is a list");
    case transform::metadata_list:
        text = R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":)" + metadata +
               ",\"items\":[";
        for (auto const& item : page.items) {
            if (text.back() == '}') text += ',';
            append_metadata(text, item);
        }
        text += "]}";
        break;
    }
    return detail::finish(std::move(text), v, 200);
}

BERTH_DECL auto event_writer::append(std::string& out, watch_event const& e) -> void {
    if (e.type == watch_event::kind::bookmark)
        return append_bookmark(out, e.object.rev, e.initial_events_end);
    begin(out, to_string(e.type));
    switch (view_.how.as) {
    case transform::none: out += encode(e.object); break;
    case transform::table:
        table(*view_.of, view_.now, view_.rows)
            .append(out, detail::metadata_of(e.object), {&e.object, 1}, std::exchange(columns_, false));
        break;
    case transform::metadata:
    case transform::metadata_list: append_metadata(out, e.object); break;
    }
    out += "}\n";
}

BERTH_DECL auto event_writer::append_bookmark(std::string& out, object::revision rev,
                                              bool initial_events_end) const -> void {
    begin(out, to_string(watch_event::kind::bookmark));
    if (view_.how.as == transform::none) out += detail::opening(*view_.of->resource, "");
    else if (view_.how.as == transform::table) out += R"({"kind":"Table","apiVersion":"meta.k8s.io/v1",)";
    else out += R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)";
    out += "\"metadata\":{\"resourceVersion\":\"";
    object::append_json_number(out, rev);
    out += initial_events_end ? R"(","annotations":{"k8s.io/initial-events-end":"true"}})" : "\"}";
    if (view_.how.as == transform::table) out += R"(,"columnDefinitions":null,"rows":[])";
    out += "}}\n";
}

BERTH_DECL auto event_writer::append_error(std::string& out, error const& e) -> void {
    begin(out, "ERROR");
    out += status_text(e);
    out += "}\n";
}

BERTH_DECL auto event_writer::begin(std::string& out, std::string_view type) -> void {
    ((out += "{\"type\":\"") += type) += "\",\"object\":";
}

} // namespace berth::api::http
