#pragma once

/// \file
/// Objects, lists and events in the representation that a client asked for.

#include <berth/api/http/status.hpp>
#include <berth/api/http/table.hpp>
#include <berth/api/http/yaml_text.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace berth::api::http {

/// How a request wants to see objects.
struct view {
    kind const* of = nullptr;
    representation how;
    row_object rows = row_object::metadata;
    time_point now{};
};

namespace detail {

inline auto finish(std::string json, view const& v, unsigned status) -> response {
    auto out = response{};
    out.status = status;
    out.text = v.how.yaml ? yaml_from_json(json) : std::move(json);
    if (v.how.yaml) out.content_type = "application/yaml";
    return out;
}

inline auto metadata_of(object::object_ref const& ref) -> std::string {
    return list_metadata(ref.rev, {}, std::nullopt);
}

/// `{"kind":"Pod","apiVersion":"v1",`, as `encode` begins.
inline auto opening(object::resource_name const& r, std::string_view suffix) -> std::string {
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

} // namespace detail

/// One object. Errors: `not_acceptable` for metadata lists.
[[nodiscard]] inline auto render(view const& v, object::object_ref const& ref, unsigned status = 200)
    -> result<response> {
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

/// A page of a list. Errors: `not_acceptable` for metadata of one object.
[[nodiscard]] inline auto render(view const& v, object_list const& page) -> result<response> {
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

/// Writes the events of a watch, one JSON document a line.
class event_writer {
public:
    explicit event_writer(view v) : view_(v) {}

    /// What tables need to say how old things are.
    auto set_time(time_point now) -> void { view_.now = now; }

    auto append(std::string& out, watch_event const& e) -> void {
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

    /// Everything up to a revision has been told.
    auto append_bookmark(std::string& out, object::revision rev, bool initial_events_end) const -> void {
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

    /// The watch ends with an error.
    static auto append_error(std::string& out, error const& e) -> void {
        begin(out, "ERROR");
        out += status_text(e);
        out += "}\n";
    }

private:
    static auto begin(std::string& out, std::string_view type) -> void {
        ((out += "{\"type\":\"") += type) += "\",\"object\":";
    }

    view view_;
    bool columns_ = true; ///< the first table of a watch names its columns
};

} // namespace berth::api::http
