"""The doors: mail, calendars, ERP, webhooks."""
