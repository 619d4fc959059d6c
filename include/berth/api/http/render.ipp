#pragma once

/// \file
/// The bodies of `berth/api/http/render.hpp`.

#include <berth/api/http/render.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto finish(std::string text, view const& v, unsigned status) -> response {
    auto out = response{};
    out.status = status;
    out.text = in_encoding(v.how.in, std::move(text));
    out.content_type = content_type_of(v.how.in);
    return out;
}

inline auto append_in_protobuf(std::string& out, view const& v, object::object_ref const& ref) -> void {
    if (v.how.as == transform::none) append_protobuf(out, ref->type(), ref->data(), ref.rev);
    else append_partial_protobuf(out, ref, v.how.version);
}

/// An object as a whole in JSON.
inline auto whole_text(view const& v, object::object_ref const& ref) -> std::shared_ptr<std::string const> {
    return v.texts ? v.texts->text(ref) : std::make_shared<std::string const>(encode(ref));
}

BERTH_DECL auto metadata_of(object::object_ref const& ref) -> std::string {
    return list_metadata(ref.rev, {}, std::nullopt);
}

BERTH_DECL auto opening(object::resource_name const& r, std::string_view suffix) -> std::string {
    auto out = std::string("{\"kind\":\"");
    ((out += r.kind) += suffix) += "\",\"apiVersion\":\"";
    return (out += api_version(r)) += "\",";
}

/// The beginning of a list of a kind.
inline auto list_opening(kind const& of) -> std::string {
    if (of.documents.list_kind.empty()) return opening(*of.resource, "List");
    auto named = *of.resource;
    named.kind = of.documents.list_kind;
    return opening(named, "");
}

/// Appends the objects of a list. As in Kubernetes, they do not repeat the kind that the list names.
inline auto append_items(std::string& out, view const& v, std::vector<object::object_ref> const& items)
    -> void {
    auto const head = opening(*v.of->resource, "");
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const kept = whole_text(v, items[i]);
        auto const text = std::string_view(*kept);
        if (i == 0) out.reserve(out.size() + items.size() * (text.size() + text.size() / 8));
        else out += ',';
        if (!text.starts_with(head)) out += text;
        else (out += '{') += text.substr(head.size());
    }
}

inline auto append_page(std::string& out, view const& v, object_list const& page) -> void {
    auto metadata = list_metadata(page.rev, page.continue_token, page.remaining);
    if (v.how.as == transform::table)
        return table(*v.of, v.now, v.rows, v.how.version).append(out, metadata, page.items);
    if (v.how.as == transform::none) {
        if (v.of->documents.open && page.continue_token.empty()) metadata.insert(1, "\"continue\":\"\",");
        out += list_opening(*v.of) + "\"metadata\":" + metadata + ",\"items\":[";
        append_items(out, v, page.items);
    } else {
        ((out += R"({"kind":"PartialObjectMetadataList","apiVersion":")") += v.how.version) +=
            R"(","metadata":)" + metadata + ",\"items\":[";
        for (auto const& item : page.items) {
            if (out.back() == '}') out += ',';
            append_metadata(out, item, v.how.version);
        }
    }
    out += "]}";
}

inline auto append_page_in_protobuf(std::string& out, view const& v, object_list const& page) -> void {
    auto const facts = list_facts{page.rev, page.continue_token, page.remaining};
    if (v.how.as == transform::none) append_protobuf_list(out, *v.of->resource, facts, page.items);
    else append_partial_protobuf_list(out, facts, page.items, v.how.version);
}

/// An object that says nothing but a revision, as a bookmark has it.
inline auto progress(object::type_info const& type, object::revision rev, bool initial_events_end)
    -> object::object_ref {
    auto out = object::draft(type);
    if (initial_events_end) out.metadata().annotations["k8s.io/initial-events-end"] = "true";
    return {std::move(out).finish(), rev};
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto render(view const& v, object::object_ref const& ref, unsigned status) -> result<response> {
    if (v.how.as == transform::metadata_list)
        return fail(error_code::not_acceptable,
                    "you requested PartialObjectMetadataList, but the requested object is not a list");
    auto text = std::string();
    if (v.how.in == encoding::protobuf) detail::append_in_protobuf(text, v, ref);
    else if (v.how.as == transform::none) text = *detail::whole_text(v, ref);
    else if (v.how.as == transform::metadata) append_metadata(text, ref, v.how.version);
    else table(*v.of, v.now, v.rows, v.how.version).append(text, detail::metadata_of(ref), {&ref, 1});
    return detail::finish(std::move(text), v, status);
}

BERTH_DECL auto render(view const& v, object_list const& page) -> result<response> {
    if (v.how.as == transform::metadata)
        return fail(error_code::not_acceptable,
                    "you requested PartialObjectMetadata, but the requested object is a list");
    auto text = std::string();
    if (v.how.in == encoding::protobuf) detail::append_page_in_protobuf(text, v, page);
    else detail::append_page(text, v, page);
    return detail::finish(std::move(text), v, 200);
}

auto event_writer::append_event(std::string& out, std::string_view type, auto const& append_object) const
    -> void {
    if (view_.how.in != encoding::protobuf) {
        ((out += "{\"type\":\"") += type) += "\",\"object\":";
        append_object(out);
        out += "}\n";
        return;
    }
    auto const begin = out.size();
    out.append(4, '\0');
    auto wire = api::detail::wire_writer(out);
    wire.text(1, type);
    wire.message(2, [&](api::detail::wire_writer& raw) {
        raw.message(1, [&](api::detail::wire_writer&) { append_object(out); });
    });
    auto const size = out.size() - begin - 4;
    for (auto i = std::size_t{0}; i < 4; ++i) out[begin + i] = static_cast<char>(size >> (24 - 8 * i) & 0xFF);
}

BERTH_DECL auto event_writer::append(std::string& out, watch_event const& e) -> void {
    if (e.type == watch_event::kind::bookmark)
        return append_bookmark(out, e.object.rev, e.initial_events_end);
    append_event(out, to_string(e.type), [&](std::string& text) { append_object(text, e.object); });
}

BERTH_DECL auto event_writer::append_object(std::string& out, object::object_ref const& ref) -> void {
    if (view_.how.in == encoding::protobuf) return detail::append_in_protobuf(out, view_, ref);
    switch (view_.how.as) {
    case transform::none: out += *detail::whole_text(view_, ref); break;
    case transform::table:
        table(*view_.of, view_.now, view_.rows, view_.how.version)
            .append(out, detail::metadata_of(ref), {&ref, 1}, std::exchange(columns_, false));
        break;
    case transform::metadata:
    case transform::metadata_list: append_metadata(out, ref, view_.how.version); break;
    }
}

BERTH_DECL auto event_writer::append_bookmark(std::string& out, object::revision rev,
                                              bool initial_events_end) const -> void {
    append_event(out, to_string(watch_event::kind::bookmark), [&](std::string& text) {
        if (view_.how.in == encoding::protobuf)
            return detail::append_in_protobuf(text, view_,
                                              detail::progress(*view_.of->type, rev, initial_events_end));
        auto const table = view_.how.as == transform::table;
        if (view_.how.as == transform::none) text += detail::opening(*view_.of->resource, "");
        else
            ((((text += R"({"kind":")") += table ? "Table" : "PartialObjectMetadata") +=
              R"(","apiVersion":")") += view_.how.version) += "\",";
        text += "\"metadata\":{\"resourceVersion\":\"";
        object::append_json_number(text, rev);
        text += initial_events_end ? R"(","annotations":{"k8s.io/initial-events-end":"true"}})" : "\"}";
        if (table) text += R"(,"columnDefinitions":null,"rows":[])";
        text += '}';
    });
}

BERTH_DECL auto event_writer::append_error(std::string& out, error const& e) const -> void {
    append_event(out, "ERROR", [&](std::string& text) {
        if (view_.how.in == encoding::protobuf) append_status_protobuf(text, e);
        else text += status_text(e);
    });
}

BERTH_DECL auto event_writer::content_type() const -> std::string_view {
    return view_.how.in == encoding::protobuf ? "application/vnd.kubernetes.protobuf;stream=watch"
                                              : content_type_of(encoding::json);
}

} // namespace berth::api::http
