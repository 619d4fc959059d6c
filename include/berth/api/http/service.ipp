#pragma once

/// \file
/// The bodies of `berth/api/http/service.hpp`.

#include <berth/api/field_write.hpp>
#include <berth/api/http/connect.hpp>
#include <berth/api/http/service.hpp>
#include <berth/api/http/wait.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace berth::api::http::detail {

constexpr std::uint64_t bookmark_period_ms = 60'000;

/// A watch lasts as long as asked, or between half an hour and an hour (`MinRequestTimeout`, 1.36).
inline auto watch_clock_of(list_parameters const& p, std::uint64_t serial) -> watch_clock {
    constexpr std::uint64_t half_hour_ms = 1'800'000;
    auto const seconds = p.timeout_seconds.value_or(0);
    auto out = watch_clock{};
    out.end = seconds > 0 ? static_cast<std::uint64_t>(std::min<std::int64_t>(seconds, 1'000'000'000)) * 1000
                          : half_hour_ms + serial * 7'919 % half_hour_ms;
    if (p.allow_bookmarks) out.next_bookmark = bookmark_period_ms;
    return out;
}

/// A stream that tells an error and ends: how a watch that cannot begin says so.
inline auto error_stream(view const& v, error const& e) -> stream {
    auto out = stream{};
    auto const writer = event_writer(v);
    out.content_type = writer.content_type();
    out.pull = [writer, e](std::string& text, std::size_t, std::uint64_t) {
        writer.append_error(text, e);
        return stream_state{true, 0};
    };
    return out;
}

/// A log that is followed.
inline auto log_stream(log_source read, log_request what, log_part first) -> stream {
    constexpr std::uint64_t look_every_ms = 100;
    auto out = stream{};
    out.content_type = "text/plain";
    out.pull = [read = std::move(read), what = std::move(what), part = std::move(first),
                began = false](std::string& text, std::size_t, std::uint64_t elapsed) mutable {
        if (std::exchange(began, true)) {
            what.offset = part.next;
            auto next = read(what);
            if (!next) return stream_state{true, 0};
            part = *std::move(next);
        }
        text += part.text;
        return stream_state{part.finished && part.text.empty(), elapsed + look_every_ms};
    };
    return out;
}

inline auto row_object_of(query const& q) -> row_object {
    auto const asked = q.text("includeObject");
    return asked == "Object" ? row_object::whole : asked == "None" ? row_object::none : row_object::metadata;
}

/// Errors: `bad_request`, where rows are asked to hold what there is not.
inline auto check_row_object(query const& q) -> result<void> {
    auto const asked = q.text("includeObject");
    if (asked.empty() || asked == "Object" || asked == "None" || asked == "Metadata") return {};
    return bad_request("Unable to convert to Table as requested: includeObject: Invalid value: " +
                       object::detail::go_quoted(asked) + ": must be 'Metadata', 'Object', 'None', or empty");
}

/// The selector of a watch on one name: by the old path, or by the field selector alone.
inline auto add_name(std::string& field_selector, std::string const& name) -> void {
    if (name.empty()) return;
    if (!field_selector.empty()) field_selector += ',';
    field_selector += "metadata.name=" + name;
}

/// A refusal, with what is doubtful besides.
inline auto warned(error why, std::vector<std::string> notes) -> std::unexpected<error> {
    why.warnings = std::move(notes);
    return std::unexpected(std::move(why));
}

/// Whether the store behind a server answers, which is asked for as little as there is.
inline auto answers(api::server& desk) -> result<void> {
    auto const known = desk.kinds().snapshot();
    for (auto const& k : known->kinds())
        if (k.stored()) {
            auto one = list_options();
            one.limit = 1;
            auto const page = desk.list(*k.resource, one);
            return page ? result<void>() : std::unexpected(page.error());
        }
    return {};
}

BERTH_DECL auto details_of(object::object_ref const& ref) -> error_details {
    auto const& r = ref->resource();
    auto out = api::detail::about(r, ref->metadata().name);
    out.uid = ref->metadata().uid;
    return out;
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL service::service(api::server& api, service_options options)
    : api_(api),
      options_(std::move(options)),
      documents_(api.kinds()),
      texts_(std::make_shared<text_cache>(options_.kept_texts)) {
    for (auto& p : options_.pages) documents_.add_page(std::move(p));
    documents_.add_check({"etcd", [this] { return detail::answers(api_); }});
    protobuf_ = [kinds = api.kinds()](std::string_view body) {
        auto const deletion = &object::type_of<delete_document>();
        return protobuf_to_json(*kinds.snapshot(), body, std::span(&deletion, 1));
    };
}

BERTH_DECL auto service::operator()(request const& q) -> answer {
    auto const asks_by_token = !q.authorization.empty() && options_.tokens;
    auto who = std::shared_ptr<identity const>();
    auto out = asks_by_token ? reply_to_bearer(q, who) : reply(q);
    if (!options_.access) return out;
    if (!who) who = agents_.find(q.user_agent);
    auto const* const whole = std::get_if<response>(&out);
    options_.access({*who, q.method, q.path, whole == nullptr ? 200U : whole->status});
    return out;
}

BERTH_DECL auto service::identify(request const& q, std::string_view token) const
    -> result<std::shared_ptr<identity const>> {
    auto read = options_.tokens(token, {});
    if (!read && read.error().code == error_code::unauthorized) {
        auto refused = error{error_code::unauthorized, "Unauthorized", {}};
        return std::unexpected(std::move(refused)); // why is not told to those whom nobody knows
    }
    if (!read) return std::unexpected(std::move(read).error());
    if (!*read) return nullptr;
    auto who = std::move((*read)->who);
    who.field_manager = manager_of_user_agent(q.user_agent);
    if (who.field_manager.empty()) who.field_manager = unknown_manager;
    return std::make_shared<identity const>(std::move(who));
}

BERTH_DECL auto service::reply_to_bearer(request q, std::shared_ptr<identity const>& who) -> answer {
    constexpr auto misplaced = "the provided Authorization header contains extra space before the bearer "
                               "token, and is ignored";
    auto const header = read_bearer(q.authorization);
    if (!header.token.empty()) {
        auto known = identify(q, header.token);
        if (!known) return failure(known.error());
        q.who = who = *std::move(known);
    }
    auto out = reply(q);
    if (!header.misplaced) return out;
    std::visit([&](auto& a) { add_warnings(a.headers, {misplaced}); }, out);
    return out;
}

BERTH_DECL auto service::reply(request const& q) -> answer {
    auto const path = percent_decode(q.path, false);
    if (!path) return text_response(400, "400 Bad Request");
    auto const r = parse_path(*path);
    if (r.where != route::area::objects) return documents_.answer(q, r);
    auto const known = api_.kinds().snapshot();
    auto const op = resolve(*known, r, q.method, q.parameters.flag("watch").value_or(false));
    if (!op) {
        auto const unknown = op.error().code == error_code::not_found && op.error().details.name.empty();
        return unknown ? answer(documents_.unknown_below(r)) : failure(op.error());
    }
    return counted_reply(q, *op);
}

BERTH_DECL auto service::reply(request const& q, operation const& op) -> answer {
    auto how = negotiate(q.accept, has_protobuf(*op.of->type), op.of->documents.open);
    if (!how) return failure(how.error(), negotiate_refusal(q.accept));
    auto const v = view{op.of, *how, detail::row_object_of(q.parameters), api_.now(), texts_};
    auto done = perform(q, op, v);
    auto out = done ? *std::move(done) : answer(failure(done.error(), how->in));
    if (auto* const whole = std::get_if<response>(&out); whole != nullptr && !op.of->deprecation.empty())
        add_warnings(whole->headers, {std::string(op.of->deprecation)});
    return out;
}

BERTH_DECL auto service::reply_to_write(request const& q, operation const& op) -> answer {
    if (!api_.may_wait(*op.of)) return reply(q, op);
    auto const place = wait_place::take(q);
    return place ? reply(q, op) : failure(place.error());
}

BERTH_DECL auto service::counted_reply(request const& q, operation const& op) -> answer {
    using clock = std::chrono::steady_clock;
    auto const reads = op.what == verb::get || op.what == verb::list || op.what == verb::watch;
    auto const about = labels_of(q, op);
    auto const counted = figures_.begin(!reads);
    auto const begun = clock::now();
    auto out = reads ? reply(q, op) : reply_to_write(q, op);
    if (auto* const opened = std::get_if<stream>(&out)) {
        opened->pull = [held = figures_.streaming(about), pull = std::move(opened->pull)](
                           std::string& text, std::size_t enough, std::uint64_t elapsed) {
            return pull(text, enough, elapsed);
        };
    }
    auto const* const whole = std::get_if<response>(&out);
    auto const took = std::chrono::duration_cast<std::chrono::nanoseconds>(clock::now() - begun);
    figures_.answered(about, whole == nullptr ? 200U : whole->status, nanoseconds(took.count()));
    return out;
}

BERTH_DECL auto service::append_metrics(std::string& out) const -> void {
    auto text = exposition();
    figures_.append(text);
    text.family("apiserver_storage_objects", "gauge", "Objects that are stored.");
    auto const known = api_.kinds().snapshot();
    for (auto const& k : known->kinds()) {
        if (!k.stored() || &k.kept_as() != k.resource) continue;
        auto one = list_options();
        one.limit = 1;
        auto const page = api_.list(*k.resource, one);
        if (page)
            text.sample("apiserver_storage_objects", {{"resource", qualified(*k.resource)}},
                        page->items.size() + static_cast<std::uint64_t>(page->remaining.value_or(0)));
    }
    out += std::move(text).text();
}

BERTH_DECL auto service::render_written(view const& v, object::object_ref const& ref, unsigned status,
                                        warnings const& notes) -> result<answer> {
    auto out = render(v, ref, status);
    if (!out) return std::unexpected(std::move(out).error());
    add_warnings(out->headers, notes);
    return *std::move(out);
}

BERTH_DECL auto service::perform(request const& q, operation const& op, view const& v) -> result<answer> {
    if (auto ok = v.how.as == transform::table ? detail::check_row_object(q.parameters) : result<void>(); !ok)
        return std::unexpected(std::move(ok).error());
    switch (op.what) {
    case verb::get: return get(q, op, v);
    case verb::list: return list(q, op, v);
    case verb::watch: return watch(q, op, v);
    case verb::create: return op.subresource == nullptr ? create(q, op, v) : post(q, op, v);
    case verb::update: return update(q, op, v);
    case verb::patch: return patch(q, op, v);
    case verb::remove: return remove(q, op, v);
    case verb::remove_collection: return remove_collection(q, op, v);
    }
    return std::unexpected(method_not_allowed());
}

BERTH_DECL auto service::commit(request const& q, write w, warnings notes) -> result<written> {
    auto client = client_of(q);
    auto done = commit_one(client, w);
    auto& told = done ? done->warnings : done.error().warnings;
    std::swap(notes, told);
    told.insert(told.end(), std::make_move_iterator(notes.begin()), std::make_move_iterator(notes.end()));
    return done;
}

BERTH_DECL auto service::get(request const& q, operation const& op, view const& v) -> result<answer> {
    if (op.subresource != nullptr)
        if (auto const* const s = std::get_if<stream_subresource>(&op.subresource->does))
            return connect(q, op, *s);
    auto found =
        client_of(q).get(*op.of->resource, op.where(), {q.parameters.text("resourceVersion"), op.part()});
    if (!found) return std::unexpected(std::move(found).error());
    return render_written(v, *found, 200, {});
}

BERTH_DECL auto service::connect(request const& q, operation const& op, stream_subresource const& s)
    -> result<answer> {
    if (s.content == stream_content::log) return log(q, op);
    auto const pod = api_.get(*op.of->resource, op.where(), {});
    if (!pod) return std::unexpected(pod.error());
    auto const target = read_connect_target(q.parameters, pod->object, s.content);
    if (!target) return std::unexpected(target.error());
    return fail(error_code::unavailable, "error dialing backend: node " + target->node + " takes no " +
                                             std::string(s.name) + " connections from this server");
}

BERTH_DECL auto service::list(request const& q, operation const& op, view const& v) -> result<answer> {
    auto const asked = read_list_parameters(q.parameters, op.namespace_);
    if (!asked) return std::unexpected(asked.error());
    auto const page = api_.list(*op.of->resource, asked->list);
    if (!page) return std::unexpected(page.error());
    auto out = render(v, *page);
    if (!out) return std::unexpected(std::move(out).error());
    return *std::move(out);
}

BERTH_DECL auto service::watch(request const& q, operation const& op, view const& v) -> result<answer> {
    auto asked = read_list_parameters(q.parameters, op.namespace_);
    if (!asked) return std::unexpected(std::move(asked).error());
    detail::add_name(asked->list.field_selector, op.name);
    auto opened = api_.watch(*op.of->resource, asked->watch());
    if (!opened) {
        auto const code = opened.error().code;
        if (code == error_code::expired || code == error_code::future_revision)
            return detail::error_stream(v, opened.error());
        return std::unexpected(std::move(opened).error());
    }
    auto out = stream{};
    out.content_type = event_writer(v).content_type();
    auto const clock = detail::watch_clock_of(*asked, serial_.fetch_add(1, std::memory_order_relaxed));
    auto state = std::make_shared<open_watch>(api_, *std::move(opened), event_writer(v), clock);
    out.on_wake = [state](waker w) { state->events.on_wake(w); };
    out.pull = [state = std::move(state)](std::string& text, std::size_t enough, std::uint64_t elapsed) {
        return state->pull(text, enough, elapsed);
    };
    return out;
}

BERTH_DECL auto service::read_object(request const& q, registry const& known, object::type_info const& type,
                                     std::string_view wanted, write_options& options,
                                     std::string_view options_kind, warnings& notes)
    -> result<object::draft> {
    auto const body = read_body(q.content_type, q.body, wanted, options_.yaml, protobuf_);
    if (!body) return std::unexpected(body.error());
    if (auto ok = read_write_options(q.parameters, options_kind, options); !ok)
        return std::unexpected(std::move(ok).error());
    auto object = body_reader(known, *type.resource, type, options.validation, notes).read(*body);
    if (!object) return detail::warned(std::move(object).error(), std::move(notes));
    return object;
}

BERTH_DECL auto service::create(request const& q, operation const& op, view const& v) -> result<answer> {
    auto asked = create_request{};
    auto notes = warnings();
    auto const known = api_.kinds().snapshot();
    auto object =
        read_object(q, *known, *op.of->type, op.of->resource->kind, asked.options, "CreateOptions", notes);
    if (!object) return std::unexpected(std::move(object).error());
    if (auto ok = settle_namespace(*op.of, op.namespace_, object->metadata()); !ok)
        return detail::warned(std::move(ok).error(), std::move(notes));
    asked.object = std::move(*object).finish();
    auto const done = commit(q, std::move(asked), std::move(notes));
    if (!done) return std::unexpected(done.error());
    return render_written(v, done->object, 201, done->warnings);
}

BERTH_DECL auto service::post(request const& q, operation const& op, view const& v) -> result<answer> {
    if (auto const* const s = std::get_if<stream_subresource>(&op.subresource->does))
        return connect(q, op, *s);
    auto const* const does = std::get_if<action>(&op.subresource->does);
    if (does == nullptr) return std::unexpected(method_not_allowed());
    auto asked = act_request{op.of->resource, op.where(), op.part(), {}, {}};
    auto notes = warnings();
    auto const known = api_.kinds().snapshot();
    auto body = read_object(q, *known, *does->body, does->body->resource->kind, asked.options,
                            "CreateOptions", notes);
    if (!body) return std::unexpected(std::move(body).error());
    asked.body = std::move(*body).finish();
    auto const done = commit(q, std::move(asked), std::move(notes));
    if (!done) return std::unexpected(done.error());
    if (&done->object->type() == does->body) return render_written(v, done->object, 201, done->warnings);
    auto out = success({}, 201, v.how.in);
    add_warnings(out.headers, done->warnings);
    return out;
}

BERTH_DECL auto service::update(request const& q, operation const& op, view const& v) -> result<answer> {
    auto asked = update_request{{}, {}, op.of->resource};
    auto notes = warnings();
    auto const known = api_.kinds().snapshot();
    auto const* const p =
        op.subresource == nullptr ? nullptr : std::get_if<projection>(&op.subresource->does);
    auto object = read_object(q, *known, p == nullptr ? *op.of->type : *p->type, op.of->resource->kind,
                              asked.options, "UpdateOptions", notes);
    if (!object) return std::unexpected(std::move(object).error());
    if (auto ok = check_name({op.of, op.namespace_, op.name, {}}, object->metadata()); !ok)
        return detail::warned(std::move(ok).error(), std::move(notes));
    asked.options.subresource = op.part();
    asked.object = std::move(*object).finish();
    auto const done = commit(q, std::move(asked), std::move(notes));
    if (!done) return std::unexpected(done.error());
    return render_written(v, *done);
}

BERTH_DECL auto service::patch(request const& q, operation const& op, view const& v) -> result<answer> {
    if (is_apply(q.content_type)) return apply(q, op, v);
    auto const type = read_patch_type(q.content_type, !op.of->documents.open);
    if (!type) return std::unexpected(type.error());
    auto options = read_patch_options(q.parameters);
    if (!options) return std::unexpected(std::move(options).error());
    options->subresource = op.part();
    auto const done = commit(
        q, patch_request{op.of->resource, op.where(), {*type, read_patch_body(q.body)}, *std::move(options)});
    if (!done) return std::unexpected(done.error());
    return render_written(v, *done);
}

BERTH_DECL auto service::apply(request const& q, operation const& op, view const& v) -> result<answer> {
    auto options = read_apply_options(q.parameters);
    if (!options) return std::unexpected(std::move(options).error());
    options->subresource = op.part();
    auto body = read_apply_body(q.body, options_.yaml);
    if (!body) return std::unexpected(std::move(body).error());
    auto const done =
        commit(q, apply_request{op.of->resource, op.where(), *std::move(body), *std::move(options)});
    if (!done) return std::unexpected(done.error());
    return render_written(v, *done);
}

BERTH_DECL auto service::read_deletion(request const& q) -> result<delete_options> {
    auto leads = read_fence(q.parameters);
    if (!leads) return std::unexpected(std::move(leads).error());
    auto const body = q.body.empty()
                          ? result<std::string>()
                          : read_body(q.content_type, q.body, "DeleteOptions", options_.yaml, protobuf_);
    if (!body) return std::unexpected(body.error());
    auto out = read_delete_options(q.parameters, *body);
    if (out) out->fenced_by = *std::move(leads);
    return out;
}

BERTH_DECL auto service::remove(request const& q, operation const& op, view const& v) -> result<answer> {
    auto const options = read_deletion(q);
    if (!options) return std::unexpected(options.error());
    auto const done = commit(q, remove_request{op.of->resource, op.where(), *options});
    if (!done) return std::unexpected(done.error());
    if (!done->gone || op.of->returns_deleted) return render_written(v, done->object, 200, done->warnings);
    auto out = success(detail::details_of(done->object), 0, v.how.in);
    add_warnings(out.headers, done->warnings);
    return out;
}

BERTH_DECL auto service::remove_collection(request const& q, operation const& op, view const& v)
    -> result<answer> {
    auto const asked = read_list_parameters(q.parameters, op.namespace_);
    if (!asked) return std::unexpected(asked.error());
    auto const options = read_deletion(q);
    if (!options) return std::unexpected(options.error());
    auto client = client_of(q);
    auto const gone = api::remove_collection(client, *op.of->resource, asked->list, *options);
    if (!gone) return std::unexpected(gone.error());
    auto out = render(v, *gone);
    if (!out) return std::unexpected(std::move(out).error());
    return *std::move(out);
}

BERTH_DECL auto service::log(request const& q, operation const& op) -> result<answer> {
    auto const pod = api_.get(*op.of->resource, op.where(), {});
    if (!pod) return std::unexpected(pod.error());
    auto const what = read_log_request(q.parameters, pod->object);
    if (!what) return std::unexpected(what.error());
    auto out = text_response(200, "");
    out.content_type = "text/plain";
    if (what->node.empty()) return out;
    if (!options_.logs)
        return fail(error_code::unavailable,
                    "the log of pod " + what->pod + " cannot be read: no source of logs");
    auto part = options_.logs(*what);
    if (!part) return std::unexpected(std::move(part).error());
    if (what->follow) return detail::log_stream(options_.logs, *what, *std::move(part));
    out.text = std::move(part->text);
    return out;
}

BERTH_DECL auto service::open_watch::pull(std::string& out, std::size_t enough, std::uint64_t elapsed)
    -> stream_state {
    writer.set_time(desk.now());
    if (!is_served()) return {true, 0};
    if (elapsed >= clock.end) return rest(out, elapsed);
    while (out.size() < enough) {
        auto event = events.next();
        if (!event) {
            writer.append_error(out, event.error());
            return {true, 0};
        }
        if (!*event) return rest(out, elapsed);
        writer.append(out, **event);
    }
    return {false, 0};
}

BERTH_DECL auto service::open_watch::is_served() const -> bool {
    auto const known = desk.kinds().snapshot();
    auto const* const now = known->find(*events.of().resource);
    return now != nullptr && now->type == events.of().type;
}

BERTH_DECL auto service::open_watch::rest(std::string& out, std::uint64_t elapsed) -> stream_state {
    auto const bookmarks = clock.next_bookmark != 0;
    auto const over = elapsed >= clock.end;
    if (bookmarks && (over || elapsed >= clock.next_bookmark)) {
        writer.append_bookmark(out, events.progress(), false);
        clock.next_bookmark = elapsed + detail::bookmark_period_ms;
    }
    if (over) return {true, 0};
    return {false, bookmarks ? std::min(clock.end, clock.next_bookmark) : clock.end};
}

} // namespace berth::api::http
